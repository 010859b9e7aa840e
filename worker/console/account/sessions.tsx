import type { MemberSession, SessionMethod } from '../../../sdk/wire/index.ts'
import { explain } from '../collector/answer.ts'
import { endSession, listSessions } from '../collector/account.ts'
import { session } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { notify } from '../controls/notices.ts'
import { Time } from '../controls/time.tsx'
import { Card, CardBones, NotLoaded } from '../setup/card.tsx'
import { openSignInLink } from '../setup/people/link-dialog.tsx'
import { Until } from '../setup/until.tsx'
import { askToEndOthers } from './end-others.tsx'
import { Hidden } from './hidden.tsx'
import { askAgain, round } from './round.ts'

const methods: Record<SessionMethod, string> = { link: 'Link', invitation: 'Invitation', passkey: 'Passkey' }

/** Where whoever asks is signed in. */
export function Sessions() {
  const { value, failure } = useAnswer(listSessions, [round.value])
  if (failure) return <NotLoaded failure={failure} onAgain={askAgain} />
  if (value === null) return <CardBones lines={3} />
  const { items, hidden } = value
  const elsewhere = (
    <p class="setup-card-actions">
      {items.length > 0 && (
        <Button look="outline" onClick={() => askToEndOthers(items)}>
          Sign out everywhere else
        </Button>
      )}
      {items.length > 0 && session.value && (
        <Button look="outline" onClick={() => session.value && openSignInLink(session.value.member)}>
          Sign in on another device
        </Button>
      )}
    </p>
  )
  return (
    <Card
      title="Where you are signed in"
      what="If you do not know one of these, sign it out, and look at your passkeys."
      actions={elsewhere}
    >
      {items.length === 0 ? (
        <p class="setup-card-empty">Cloudflare Access says here who is signed in: sign out there.</p>
      ) : (
        <table class="setup-key-table" aria-label="Sessions">
          <thead>
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Signed in by</th>
              <th scope="col">Since</th>
              <th scope="col">Last used</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span class="hidden-text">Sign out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <SessionRow key={one.id} of={one} onChange={askAgain} />
            ))}
          </tbody>
        </table>
      )}
      <Hidden count={hidden} noun="session" />
    </Card>
  )
}

const nameOf = ({ browser }: MemberSession): string => browser || 'Unknown browser'

function SessionRow({ of, onChange }: { of: MemberSession; onChange: () => void }) {
  const end = async () => {
    const answer = await endSession(of.id)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      notify({ tone: 'bad', text: `Not signed out there. ${what} ${next}` })
      return
    }
    onChange()
    notify({ tone: 'plain', text: `${nameOf(of)} was signed out.` })
  }
  return (
    <tr>
      <td class="setup-key-name" data-label="Browser">
        <span>
          {nameOf(of)} {of.current && <span class="setup-badge">This one</span>}
        </span>
      </td>
      <td data-label="Signed in by">{methods[of.method]}</td>
      <td data-label="Since">
        <Time at={of.createdAt} />
      </td>
      <td data-label="Last used">
        <Time at={of.lastUsedAt} />
      </td>
      <td data-label="Ends">
        <Until at={of.expiresAt} />
      </td>
      <td class="setup-key-revoke">
        {!of.current && (
          <Button onClick={() => void end()}>
            Sign out<span class="hidden-text"> {nameOf(of)}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}
