import type { Attachment, Feedback, WebhookPayload } from '../../sdk/wire/index.ts'

/** Standard Webhooks asks for payloads under 20 kB; this is of the whole body, in bytes. */
export const payloadMaxBytes = 20_000

/** Where links lead: the collector's own origin, as whoever made the webhook called it. */
export interface Place {
  project: string
  origin: string
}

/** The address of an item in the console. */
export const consoleUrl = ({ project, origin }: Place, item: string): string =>
  `${origin}/console/inbox?${new URLSearchParams({ project, item }).toString()}`

/** The address of the console's list. */
export const inboxUrl = ({ project, origin }: Place): string =>
  `${origin}/console/inbox?${new URLSearchParams({ project }).toString()}`

const encoder = new TextEncoder()
const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).byteLength

/** An item as storage gives it: its images have no links, but keys that nobody outside sees. */
export type Item = Omit<Feedback, 'attachments'> & { attachments?: (Attachment & { file?: string })[] }

/** What is left out of an item that is too large, in this order: what matters least to whoever reads it first. */
const spare = [
  'crumbs',
  'context',
  'teamNotes',
  'notes',
  'dropped',
  'attachments',
  'survey',
  'tags',
  'person',
  'page',
] as const

/** What is told of an item that came or changed. */
export function feedbackPayload(
  type: 'feedback.created' | 'feedback.updated',
  at: number,
  place: Place,
  item: Item,
): WebhookPayload {
  const { attachments, ...rest } = item
  const images = attachments?.map(({ file: _file, url: _url, ...image }) => image)
  const whole: Feedback = { ...rest, ...(images === undefined ? {} : { attachments: images }) }
  const payloadOf = (feedback: Feedback, cut: string[]): WebhookPayload => ({
    type,
    timestamp: new Date(at).toISOString(),
    data: {
      project: place.project,
      feedback,
      cut,
      url: consoleUrl(place, item.id),
      apiUrl: `${place.origin}/v1/feedback/${item.id}?project=${encodeURIComponent(place.project)}`,
    },
  })
  const fits = (feedback: Feedback, cut: string[]) => bytesOf(payloadOf(feedback, cut)) < payloadMaxBytes
  if (fits(whole, [])) return payloadOf(whole, [])

  // Long as it is, the message is the point: what else is there goes first, until half of the room is the message's.
  let feedback: Feedback = { ...whole, message: '' }
  const cut: string[] = []
  const room = () => payloadMaxBytes - bytesOf(payloadOf(feedback, [...cut, 'message']))
  const wanted = Math.min(bytesOf(whole.message), payloadMaxBytes / 2)
  for (const name of spare) {
    if (room() > wanted) break
    if (feedback[name] === undefined || feedback[name] === null) continue
    cut.push(name)
    shorten(feedback, name)
  }
  // Ids and names that are books: what every item has is left.
  if (room() < wanted) {
    const bare: Feedback = bareOf(feedback)
    const isLost = (name: string, value: unknown) =>
      JSON.stringify(value) !== JSON.stringify(bare[name as keyof Feedback]) && !cut.includes(name)
    cut.push(...Object.entries(feedback).flatMap(([name, value]) => (isLost(name, value) ? [name] : [])))
    feedback = bare
  }
  feedback.message = cutText(whole.message, room() - 1)
  if (feedback.message !== whole.message) cut.push('message')
  return payloadOf(feedback, cut)
}

/** Leaves a field out, or what of it is long. */
function shorten(feedback: Feedback, name: (typeof spare)[number]): void {
  if (name === 'tags') feedback.tags = {}
  else if (name === 'page') feedback.page = null
  else if (name === 'person' && feedback.person !== null) {
    const { id, uuid, name: called, email, verified } = feedback.person
    feedback.person = {
      ...(id !== undefined && { id }),
      ...(uuid !== undefined && { uuid }),
      ...(called !== undefined && { name: called }),
      ...(email !== undefined && { email }),
      verified,
    }
  } else if (name === 'survey' && feedback.survey !== undefined) {
    const { id, version } = feedback.survey
    feedback.survey = { id, version, answers: [] }
  } else delete (feedback as Partial<Feedback>)[name]
}

/** What every item has, each as short as it is with anybody who means well. */
function bareOf({
  id,
  reference,
  change,
  kind,
  status,
  environment,
  createdAt,
  receivedAt,
  updatedAt,
  source,
}: Feedback) {
  const short = (text: string) => cutText(text, 200)
  return {
    id,
    reference,
    change,
    kind: short(kind),
    message: '',
    status: short(status),
    environment: short(environment),
    createdAt,
    receivedAt,
    updatedAt,
    tags: {},
    labels: [],
    person: null,
    page: null,
    source: short(source),
  }
}

/** As much of a text as its JSON may have bytes, whole characters only, and an ellipsis where it was cut. */
export function cutText(text: string, maxBytes: number): string {
  if (text.length <= maxBytes && bytesOf(text) <= maxBytes) return text
  // No character takes less than a byte.
  let [low, high] = [0, Math.min(text.length, Math.max(0, maxBytes))]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (bytesOf(`${text.slice(0, middle)}…`) <= maxBytes) low = middle
    else high = middle - 1
  }
  return `${text.slice(0, low).replace(/[\ud800-\udbff]$/, '')}…`
}

/** What is told of an item that is no more. */
export const deletedPayload = (at: number, place: Place, feedback: { id: string; change: number }): WebhookPayload => ({
  type: 'feedback.deleted',
  timestamp: new Date(at).toISOString(),
  data: { project: place.project, feedback },
})

/** A test. */
export const pingPayload = (at: number, place: Place, webhook: string): WebhookPayload => ({
  type: 'ping',
  timestamp: new Date(at).toISOString(),
  data: { project: place.project, webhook },
})
