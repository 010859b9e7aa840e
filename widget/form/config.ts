import { ratingScales } from '../../sdk/wire/index.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { Settings } from '../settings.ts'

/** What the form is built from. */
export type FormConfig = Pick<WidgetConfig, 'kinds' | 'rating' | 'email' | 'mayContact' | 'privacyUrl' | 'next'>

const defaults: FormConfig = {
  kinds: [{ key: 'bug' }, { key: 'idea' }, { key: 'praise' }, { key: 'question' }],
  rating: null,
  email: 'optional',
  mayContact: null,
  privacyUrl: null,
  next: null,
}

/** The page's own settings win over the collector's, those over the defaults. */
export function mergeConfig(settings: Settings, fetched: Partial<WidgetConfig> | null): FormConfig {
  const { kinds, rating, email } = settings
  return {
    ...defaults,
    ...fetched,
    ...settings.config,
    ...(kinds ? { kinds: kinds.split(',').map((key) => ({ key: key.trim() })) } : {}),
    ...(rating && rating in ratingScales ? { rating: { scale: rating } } : {}),
    ...(email ? { email } : {}),
  }
}
