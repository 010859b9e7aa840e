import { signal } from '@preact/signals'
import { ratingScales, type RatingScale, type Tags, type TeamSubmission } from '../../../sdk/wire/index.ts'

/** What stands in the form for feedback that was given elsewhere, as it was typed. */
export interface Entry {
  /** Made with the form, so that sending twice stores once. */
  id: string
  message: string
  kind: string
  scale: RatingScale | ''
  score: string
  name: string
  email: string
  person: string
  account: string
  source: string
  /** Local time, as the browser's own field has it; empty is now. */
  at: string
  tags: readonly (readonly [name: string, value: string])[]
}

export const emptyEntry = (): Entry => ({
  id: crypto.randomUUID(),
  message: '',
  kind: 'other',
  scale: '',
  score: '',
  name: '',
  email: '',
  person: '',
  account: '',
  source: '',
  at: '',
  tags: [],
})

/** What was typed stays when the form is closed, until it is sent or cleared. */
export const entry = signal<Entry>(emptyEntry())

/** What the collector takes; what was left empty is left out. */
export function submissionOf(typed: Entry): TeamSubmission {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim())
  const person = {
    id: text(typed.person),
    name: text(typed.name),
    email: text(typed.email),
    account: text(typed.account),
  }
  const tags: Tags = Object.fromEntries(
    typed.tags.map(([name, value]) => [name.trim(), value.trim()]).filter(([name]) => name),
  )
  const { scale, score } = typed
  return {
    id: typed.id,
    kind: typed.kind,
    message: typed.message,
    ...(scale !== '' && score !== '' && { rating: { scale, value: Number(score) } }),
    ...(Object.values(person).some((value) => value !== undefined) && { person }),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(text(typed.source) !== undefined && { source: text(typed.source) }),
    ...(typed.at !== '' && { createdAt: new Date(typed.at).toISOString() }),
  }
}

/** The scores of a scale, the best first. */
export function scoresOf(scale: RatingScale): number[] {
  const { min, max } = ratingScales[scale]
  return Array.from({ length: max - min + 1 }, (_, index) => max - index)
}

/** A moment as a field for local time takes it. */
export function localTime(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
