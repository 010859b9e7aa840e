import { useState } from 'preact/hooks'
import type { CreatedInvitation, Role } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { explain } from '../../collector/answer.ts'
import { invite } from '../../collector/members.ts'
import { project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { Fault } from '../confirm.tsx'
import { CodeBlock } from '../copy.tsx'
import { Choice, Field, TextField } from '../field.tsx'
import { FormFoot } from '../foot.tsx'
import { Until } from '../until.tsx'
import { roleNames, roles, roleWords, withArticle } from './roles.ts'
import { askAgain } from './round.ts'

export function openInvite(): void {
  open({ shows: 'dialog', View: InviteDialog })
}

const days = [1, 7, 14, 30]

/** Makes an invitation and shows its link, this once. */
function InviteDialog() {
  const [made, setMade] = useState<CreatedInvitation | null>(null)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const [lasts, setLasts] = useState(7)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [emailProblem, setEmailProblem] = useState<string>()

  const make = async () => {
    if (isBusy) return
    setBusy(true)
    setProblem(null)
    setEmailProblem(undefined)
    const answer = await invite({ role, email: email.trim() || null, days: lasts })
    setBusy(false)
    if (answer.ok) {
      setMade(answer.value)
      askAgain()
      return
    }
    const { failure } = answer
    const isEmail = failure.because === 'refused' && failure.problem.issues?.some(({ path }) => path === 'email')
    const { what, next } = explain(failure)
    if (!isEmail) setProblem(`Nobody was invited. ${what} ${next}`)
    else setEmailProblem(email.includes('@') && what.startsWith(email.trim()) ? what : 'That is no e-mail address.')
  }

  return (
    <Dialog label={made ? 'The invitation is ready' : 'Invite somebody'} class="export" onClose={close}>
      {made ? (
        <Made of={made} />
      ) : (
        <form
          class="setup-dialog-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <TextField
            label="E-mail (optional)"
            first
            value={email}
            maxLength={254}
            inputMode="email"
            placeholder="nora@example.com"
            error={emailProblem}
            hint="Their colleagues see them by it. Nothing is mailed: you get a link to send yourself."
            onText={setEmail}
          />
          <Choice
            label="Role"
            value={role}
            choices={roles.map((one) => [one, roleNames[one]] as const)}
            hint={roleWords[role]}
            onChoose={setRole}
          />
          <Field label="The link works for">
            {(ids) => (
              <select
                {...ids}
                class="input"
                value={lasts}
                onChange={(event) => setLasts(Number(event.currentTarget.value))}
              >
                {days.map((one) => (
                  <option key={one} value={one}>
                    {one === 1 ? '1 day' : `${one} days`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {problem && <Fault>{problem}</Fault>}
          <FormFoot button="Make the link" isBusy={isBusy} onCancel={close} />
        </form>
      )}
    </Dialog>
  )
}

function Made({ of: { email, role, url, expiresAt } }: { of: CreatedInvitation }) {
  return (
    <div class="setup-dialog-form">
      <p class="export-what">
        Send this link to <bdi>{email ?? 'the person you mean'}</bdi>. Whoever opens it first joins{' '}
        <bdi>{project.value?.name}</bdi> as {withArticle(role)}; it works once, and stops <Until at={expiresAt} />. It
        cannot be shown again.
      </p>
      <CodeBlock label="Invitation link" code={url} />
      <div class="dialog-foot setup-dialog-choices">
        <Button look="primary" onClick={close}>
          I have sent it
        </Button>
      </div>
    </div>
  )
}
