import { useState } from 'preact/hooks'
import type { SignInLink } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { explain } from '../../collector/answer.ts'
import { makeSignInLink } from '../../collector/members.ts'
import { session } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { Fault } from '../confirm.tsx'
import { CodeBlock } from '../copy.tsx'
import { Until } from '../until.tsx'

interface Whom {
  id: string
  name: string
}

export function openSignInLink(member: Whom): void {
  open({ shows: 'dialog', View: () => <LinkDialog of={member} /> })
}

/** Says what a sign-in link does before it makes one, and shows it, this once. */
function LinkDialog({ of }: { of: Whom }) {
  const [made, setMade] = useState<SignInLink | null>(null)
  const [problem, setProblem] = useState<{ text: string; isFinal: boolean } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isMe = session.value?.member.id === of.id
  const make = async () => {
    setBusy(true)
    const answer = await makeSignInLink(of.id)
    setBusy(false)
    if (answer.ok) return setMade(answer.value)
    const { what, next } = explain(answer.failure)
    // Its own words say who may make one.
    const { failure } = answer
    const isRefused = failure.because === 'refused' && failure.problem.status === 403
    return setProblem({ text: `No link was made. ${what}${isRefused ? '' : ` ${next}`}`, isFinal: isRefused })
  }
  const title = isMe ? 'Sign in on another device' : `A sign-in link for ${of.name}`
  return (
    <Dialog label={title} class="export" onClose={close}>
      <div class="setup-dialog-form">
        {made ? (
          <>
            <p class="export-what">
              It works once, and stops <Until at={made.expiresAt} />. It cannot be shown again.{' '}
              {isMe ? 'Open it on your other device.' : `Send it to ${of.name} and to nobody else.`}
            </p>
            <CodeBlock label="Sign-in link" code={made.url} />
          </>
        ) : (
          <p class="export-what">
            {isMe
              ? 'Makes a link that signs you in, once, within a day. Whoever opens it first is you: keep it to yourself.'
              : `Makes a link that signs in as ${of.name}, once, within a day. Whoever opens it first is ${of.name} here: the audit log says that you made it.`}
          </p>
        )}
        {problem && <Fault>{problem.text}</Fault>}
        <div class="dialog-foot setup-dialog-choices">
          {!made && (
            <Button look="outline" onClick={close}>
              {problem?.isFinal ? 'Close' : 'Cancel'}
            </Button>
          )}
          {made ? (
            <Button look="primary" onClick={close}>
              I have kept it
            </Button>
          ) : (
            !problem?.isFinal && (
              <Button look="primary" disabled={isBusy} onClick={() => void make()}>
                Make the link
              </Button>
            )
          )}
        </div>
      </div>
    </Dialog>
  )
}
