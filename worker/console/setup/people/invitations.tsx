import type { Invitation } from '../../../../sdk/wire/index.ts'
import { listInvitations, revokeInvitation } from '../../collector/members.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { Time } from '../../controls/time.tsx'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { confirm } from '../confirm.tsx'
import { Until } from '../until.tsx'
import { roleNames } from './roles.ts'
import { askAgain, round } from './round.ts'

/** Invitations that nobody has accepted yet, which only admins see. */
export function Invitations() {
  const { value, failure } = useAnswer(listInvitations, [round.value])
  if (failure) return <NotLoaded failure={failure} onAgain={askAgain} />
  if (value === null) return <CardBones lines={2} />
  const { items } = value
  return (
    <Card title="Invitations" what="Links that nobody has used yet. The link itself was shown once, when it was made.">
      {items.length === 0 && <p class="setup-card-empty">None are open.</p>}
      {items.length > 0 && (
        <table class="setup-key-table" aria-label="Invitations">
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">Role</th>
              <th scope="col">Invited by</th>
              <th scope="col">Made</th>
              <th scope="col">Stops</th>
              <th scope="col">
                <span class="hidden-text">Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <InvitationRow key={one.id} of={one} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function InvitationRow({ of }: { of: Invitation }) {
  const isOver = Date.parse(of.expiresAt) <= Date.now()
  const whom = of.email ?? 'Whoever has the link'
  const revoke = () =>
    confirm({
      title: 'Revoke the invitation',
      what: `The link${of.email === null ? '' : ` for ${of.email}`} stops working at once. Whoever was meant needs a new one.`,
      button: 'Revoke',
      failed: 'Not revoked.',
      keep: 'Keep it',
      run: () => revokeInvitation(of.id),
      onDone: () => {
        askAgain()
        notify({ tone: 'plain', text: 'The invitation was revoked.' })
      },
    })
  return (
    <tr>
      <td class="setup-key-name" data-label="For">
        <bdi>{whom}</bdi>
      </td>
      <td data-label="Role">{roleNames[of.role]}</td>
      <td data-label="Invited by">
        <bdi>{of.invitedBy.startsWith('sec_') ? `The key ${of.invitedBy}…` : of.invitedBy}</bdi>
      </td>
      <td data-label="Made">
        <Time at={of.createdAt} />
      </td>
      <td data-label="Stops">
        {isOver ? (
          <span class="tone-notice">
            Stopped <Time at={of.expiresAt} />
          </span>
        ) : (
          <Until at={of.expiresAt} />
        )}
      </td>
      <td class="setup-key-revoke">
        <Button onClick={revoke}>
          {isOver ? 'Remove' : 'Revoke'}
          <span class="hidden-text"> the invitation for {whom}</span>
        </Button>
      </td>
    </tr>
  )
}
