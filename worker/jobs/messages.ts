import { builtInKinds, type WebhookEvent } from '../../sdk/wire/index.ts'
import { deletedPayload, feedbackPayload, type Item, pingPayload } from '../deliver/payload.ts'
import { signMessage } from '../deliver/sign.ts'
import { type SlackPlace, slackMessage, slackTest } from '../deliver/slack.ts'
import type { DeliveryRow } from '../storage/deliveries.ts'
import type { ProjectRecord } from '../storage/projects.ts'
import type { WebhookRecord } from '../storage/webhooks.ts'

/** A message as it is posted. */
export interface Message {
  headers: Record<string, string>
  body: string
}

/** What a signed webhook is sent; `item` is what a delivery tells of, as it is now. */
export async function signedMessage(
  webhook: WebhookRecord,
  row: Pick<DeliveryRow, 'id' | 'event' | 'item' | 'change' | 'at'>,
  item: Item | null,
  now: number,
): Promise<Message> {
  const place = { project: webhook.project, origin: webhook.origin }
  const payloadOf = (event: WebhookEvent | 'ping') => {
    if (event === 'ping') return pingPayload(row.at, place, webhook.id)
    if (event === 'feedback.deleted' || item === null) {
      return deletedPayload(row.at, place, { id: row.item ?? '', change: row.change })
    }
    return feedbackPayload(event, row.at, place, item)
  }
  const body = JSON.stringify(payloadOf(row.event))
  const secrets = [webhook.secret, webhook.oldUntil > now ? webhook.oldSecret : null].filter((one) => one !== null)
  return { headers: { ...(await signMessage(secrets, { id: row.id, body, at: now })) }, body }
}

/** What a Slack-compatible webhook is sent about new items; without any, a test. */
export function slackBody(
  webhook: WebhookRecord,
  project: Pick<ProjectRecord, 'name' | 'settings'> | null,
  items: readonly Item[],
  more: number,
): Message {
  const kinds = project?.settings.widget?.kinds ?? []
  const place: SlackPlace = {
    project: webhook.project,
    origin: webhook.origin,
    name: project?.name ?? 'Earshot',
    labelOf: (kind) => kinds.find(({ key }) => key === kind)?.label ?? titleOf(kind),
  }
  const message = items.length + more === 0 ? slackTest(place) : slackMessage(place, items, more)
  return { headers: {}, body: JSON.stringify(message) }
}

const titleOf = (kind: string): string => {
  if (kind === 'other') return 'Feedback'
  const title = kind.charAt(0).toUpperCase() + kind.slice(1)
  return builtInKinds.some((known) => known === kind) ? title : title.replaceAll('-', ' ')
}
