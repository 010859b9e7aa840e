import { signal } from '@preact/signals'

/** In which language the preview speaks; where the survey does not, it is the survey's own. */
export const previewLanguage = signal('')
/** From which question it was last asked to begin; rises with every restart. */
export const previewRound = signal(0)
