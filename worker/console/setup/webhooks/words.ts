import type { Attempt, Delivery, Project, Webhook, WebhookEvent } from '../../../../sdk/wire/index.ts'
import { readView } from '../../address/view.ts'
import { chipsOf } from '../../filters/chips.ts'

/** How a webhook or a delivery stands, in words; the tone goes with them, never instead of them. */
export interface Said {
  text: string
  tone: 'good' | 'notice' | 'bad' | 'quiet'
}

export const eventNames: Record<WebhookEvent, string> = {
  'feedback.created': 'New feedback',
  'feedback.updated': 'A change of an item',
  'feedback.deleted': 'An item deleted',
}

export const eventName = (event: Delivery['event']): string => (event === 'ping' ? 'Test' : eventNames[event])

/** How a webhook stands. */
export function stateOf({ state, off, failingSince }: Pick<Webhook, 'state' | 'off' | 'failingSince'>): Said {
  if (state === 'on') return failingSince === null ? { text: 'On', tone: 'good' } : { text: 'Failing', tone: 'notice' }
  if (off?.reason === 'gone') return { text: 'Turned off: the receiver answered 410 Gone', tone: 'bad' }
  if (off?.reason === 'failing') return { text: 'Turned off: it took nothing for five days', tone: 'bad' }
  return { text: 'Off', tone: 'quiet' }
}

const deliveryStates: Record<Delivery['state'], Said> = {
  delivered: { text: 'Delivered', tone: 'good' },
  pending: { text: 'Waiting', tone: 'notice' },
  failed: { text: 'Failed', tone: 'bad' },
  dropped: { text: 'Not sent: it became spam', tone: 'quiet' },
}

/** How a delivery stands; one that failed and is tried again says so. */
export function deliveryState({ state, attempts }: Pick<Delivery, 'state' | 'attempts'>): Said {
  return state === 'pending' && attempts.at(-1)?.error
    ? { text: 'Failed so far', tone: 'notice' }
    : deliveryStates[state]
}

const errors: Record<Exclude<Attempt['error'], null>, string> = {
  status: 'Not accepted',
  redirect: 'Redirected, which is not followed',
  timeout: 'No answer in 15 seconds',
  network: 'No connection',
  unresolved: 'The name has no address',
  refused: 'Not a public https address',
}

/** @example attemptInWords({ status: 500, error: 'status', … }) // '500 · Not accepted' */
export function attemptInWords({ status, error }: Pick<Attempt, 'status' | 'error'>): string {
  const parts = [status === null ? null : String(status), error === null ? 'Accepted' : errors[error]]
  return parts.filter(Boolean).join(' · ')
}

/** What a filter selects, as a sentence; null where it selects everything. */
export function filterInWords(filter: string | null, project: Project | null): string | null {
  if (filter === null) return null
  const { filters } = readView(`?${filter}`)
  const words = filters.get('q')?.[0]
  const said = chipsOf(filters, project).map(({ label, verb, value }) => `${label} ${verb} ${value}`)
  return [...(words ? [`Holds “${words}”`] : []), ...said].join('; ')
}

/**
 * The filter of a webhook that is told of what a list shows. A list without an environment is production's, and a
 * webhook without any filter is told of all: so the environment is always said.
 */
export function filterOf(query: string): string {
  const { filters } = readView(`?${query}`)
  const parameters = new URLSearchParams()
  for (const [name, values] of filters) {
    if (name !== 'sort') for (const value of values) parameters.append(name, value)
  }
  if (!parameters.has('environment')) parameters.set('environment', 'production')
  return parameters.toString()
}
