import type { OutcomeCount, OutcomeKind, OutcomeOfDay, OutcomeRoute } from '../../../../sdk/wire/index.ts'
import { addDays } from '../../controls/moment.ts'

/** Where somebody can do something about it. */
export type Remedy = 'origins' | 'quota' | 'keys' | 'api'

/** Why something was refused or given up, and what to do about it. */
export interface Reason {
  what: string
  todo: string
  remedy?: Remedy
}

const refusals: Record<string, Reason> = {
  'origin-refused': {
    what: 'From a page that may not send',
    todo: 'If it is yours, allow its origin; what waits there then comes.',
    remedy: 'origins',
  },
  'over-quota': {
    what: 'Over the day’s quota',
    todo: 'It waits with its sender and comes when the next day begins. Raise the quota if that is too late.',
    remedy: 'quota',
  },
  'too-many': {
    what: 'Too many from one place, or at once',
    todo: 'Senders wait and try again. Once half of the day’s quota is used, one address has a tenth of it. If it goes on, look for a page that sends in a loop, or replace the key.',
    remedy: 'keys',
  },
  'too-large': { what: 'Larger than 256 kB', todo: 'Attach less context to what is sent; images go by themselves.' },
  'encoding-refused': { what: 'A compressed body', todo: 'Send it as it is, without Content-Encoding.', remedy: 'api' },
  'not-json': { what: 'No JSON', todo: 'A sender that is not the SDK: its body must be JSON.', remedy: 'api' },
  'bad-request': {
    what: 'Could not be read',
    todo: 'A sender that is not the SDK: compare it with the API.',
    remedy: 'api',
  },
  invalid: {
    what: 'Fields that cannot be',
    todo: 'A sender that is not the SDK: compare it with the API.',
    remedy: 'api',
  },
  empty: { what: 'Nothing was said', todo: 'A sender that is not the SDK: words, a score or an answer must be there.' },
  'bad-id': { what: 'An id that is none', todo: 'A sender that is not the SDK: ids are UUIDs.', remedy: 'api' },
  'bad-token': {
    what: 'A signed identity that does not hold',
    todo: 'The token has expired, or was signed with a secret that was revoked.',
    remedy: 'keys',
  },
  'wrong-key': { what: 'With a key of another kind', todo: 'Pages need a publishable key.', remedy: 'keys' },
  'unknown-key': { what: 'With a key that was revoked', todo: 'Put the current key into the page.', remedy: 'keys' },
  'no-key': { what: 'Without a key', todo: 'Put the publishable key into the page.', remedy: 'keys' },
  conflict: {
    what: 'The same id with other words',
    todo: 'A sender that is not the SDK: each needs an id of its own.',
  },
  erased: { what: 'Of a person who was erased', todo: 'Nothing: it stays forgotten.' },
  'not-found': { what: 'Something that is not there', todo: 'An image whose feedback never came, or was deleted.' },
  unavailable: { what: 'The database did not answer', todo: 'Senders try again. If it goes on, look at the logs.' },
  fault: { what: 'A fault in the collector', todo: 'Senders try again. If it goes on, look at the logs.' },
}

const drops: Record<string, Reason> = {
  refused: { what: 'Refused for good', todo: 'The reasons stand above.' },
  expired: { what: 'Not delivered in 14 days', todo: 'Those browsers were offline, or something blocks this address.' },
  full: { what: 'More waited than a browser keeps', todo: 'Many were kept offline for long, or storage is short.' },
  reset: {
    what: 'Somebody else signed in first',
    todo: 'Nothing: what one person wrote is not sent in another’s name.',
  },
  attachment: { what: 'An image, without its feedback', todo: 'The words came; the image was refused or too large.' },
  other: { what: 'Another sender’s reason', todo: 'A sender that is not the SDK gave it up.' },
}

/** Why, in people's words; a code that has none is shown as it is. */
export function reasonInWords(outcome: OutcomeKind, code: string | null): Reason {
  const known = outcome === 'dropped' ? drops : refusals
  return known[code ?? ''] ?? { what: code ?? 'No reason was given', todo: 'Look it up in the API.', remedy: 'api' }
}

const routes: Record<OutcomeRoute, string> = {
  feedback: 'feedback',
  attachments: 'images',
  displays: 'displays of surveys',
  widget: 'the widget’s settings',
}

/** A reason with how often, in all of the time. */
export interface ReasonCount extends Reason {
  key: string
  outcome: OutcomeKind
  count: number
  /** What was sent, where it was not only feedback. */
  of: string | null
}

/** Everything refused or given up, by reason, the most frequent first. */
export function reasonsOf(total: readonly OutcomeCount[]): ReasonCount[] {
  const byReason = Map.groupBy(
    total.filter(({ outcome }) => outcome === 'refused' || outcome === 'dropped'),
    ({ outcome, reason }) => `${outcome} ${reason}`,
  )
  return [...byReason]
    .map(([key, counts]) => {
      const [{ outcome, reason } = { outcome: 'refused' as const, reason: null }] = counts
      const isOnlyFeedback = counts.every(({ route }) => route === 'feedback')
      return {
        key,
        outcome,
        ...reasonInWords(outcome, reason),
        count: counts.reduce((sum, { count }) => sum + count, 0),
        of: isOnlyFeedback
          ? null
          : counts.map(({ route, count }) => `${routes[route]} ${count.toLocaleString()}`).join(', '),
      }
    })
    .sort((one, other) => other.count - one.count)
}

/** What the table and the chart tell apart. */
export const groups = ['accepted', 'repeated', 'refused', 'dropped'] as const
export type Group = (typeof groups)[number]

export const groupNames: Record<Group, { name: string; what: string }> = {
  accepted: { name: 'Accepted', what: 'New items, and what was added to one.' },
  repeated: { name: 'Repeated', what: 'Sent again because an answer was lost; stored once.' },
  refused: { name: 'Refused', what: 'Not stored; the sender was told why.' },
  dropped: { name: 'Given up', what: 'Senders gave these up, and said so later.' },
}

const groupOf = (outcome: OutcomeKind): Group => (outcome === 'amended' ? 'accepted' : outcome)

export function countOf(counts: readonly OutcomeCount[], group: Group): number {
  return counts.reduce((sum, { outcome, count }) => (groupOf(outcome) === group ? sum + count : sum), 0)
}

/** How many new items came into the spam tray. */
export function spamOf(counts: readonly OutcomeCount[]): number {
  return counts.reduce(
    (sum, { outcome, reason, count }) => (outcome === 'accepted' && reason === 'spam' ? sum + count : sum),
    0,
  )
}

/** One day with every group; a day on which nothing was sent has noughts. */
export interface Day {
  day: string
  counts: Record<Group, number>
}

/** @returns every day from the first to the last, the first first */
export function daysOf(from: string, to: string, items: readonly OutcomeOfDay[]): Day[] {
  const byDay = Map.groupBy(items, ({ day }) => day)
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const counts = byDay.get(day) ?? []
    const count = (group: Group) => countOf(counts, group)
    days.push({
      day,
      counts: {
        accepted: count('accepted'),
        repeated: count('repeated'),
        refused: count('refused'),
        dropped: count('dropped'),
      },
    })
  }
  return days
}
