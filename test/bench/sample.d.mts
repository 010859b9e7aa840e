import type { Submission } from '../../sdk/wire/index.ts'

export function sampleSubmission(): Submission
