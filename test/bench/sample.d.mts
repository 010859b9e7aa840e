import type { Submission } from '../../sdk/wire/index.ts'

export function sampleSubmission(): Submission
/** Numbers from 0 to 1, the same ones for the same seed. */
export function random(seed: number): () => number
