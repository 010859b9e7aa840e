import type { Feedback } from '../../../sdk/wire/index.ts'

/** A part of an item that becomes another: what it is called, and how it reads then. */
export interface ChangedPart {
  label: string
  text: string
}

const parts: [label: string, of: (item: Feedback) => unknown][] = [
  ['Answers', ({ survey }) => survey?.answers.map(({ value }) => value)],
  ['Name', ({ person }) => person?.name],
  ['Person’s e-mail', ({ person }) => person?.email],
  ['Person’s id', ({ person }) => person?.id],
  ['E-mail to answer', ({ email }) => email],
  ['Account', ({ person }) => person?.account && [person.account.name ?? person.account.id]],
  ['Traits', ({ person }) => person?.traits],
  ['Tags', ({ tags }) => tags],
  ['Notes of the team', ({ teamNotes }) => teamNotes?.map(({ text }) => text)],
  ['Page', ({ page }) => page && [page.url, page.title, page.referrer]],
  ['Context', ({ context }) => context],
  ['Just before', ({ crumbs }) => crumbs?.map(({ message, data }) => [message, data])],
  ['Release', ({ release }) => release],
  ['Imported as', ({ externalId }) => externalId],
  [
    'Images',
    ({ attachments }) => attachments?.map(({ removed }, n) => (removed ? `image ${n + 1} removed` : `image ${n + 1}`)),
  ],
]

/** What of an item changes beside its message. */
export function changedParts(before: Feedback, after: Feedback): ChangedPart[] {
  return parts.flatMap(([label, of]) => {
    const next = of(after)
    return JSON.stringify(of(before)) === JSON.stringify(next) ? [] : [{ label, text: inWords(next) || 'taken out' }]
  })
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(inWords).filter(Boolean).join(', ')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${inWords(one)}`)
      .join(', ')
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
