import { Lock } from 'lucide'
import { place } from '../../address/address.ts'
import { isAdmin } from '../../collector/session.ts'
import { Blank } from '../../controls/blank.tsx'
import { WebhookDetail } from './detail.tsx'
import { WebhookList } from './list.tsx'

/** Where word goes when somebody said something: all webhooks, or the one in the address bar. */
export function WebhooksSection() {
  if (!isAdmin.value) {
    return (
      <Blank icon={Lock} title="Only admins see the webhooks">
        Whoever sets one up is told of all feedback. Ask an admin of the project.
      </Blank>
    )
  }
  const { value } = place
  const id = value.at === 'setup' ? (value.part ?? null) : null
  return id === null ? <WebhookList /> : <WebhookDetail key={id} id={id} />
}
