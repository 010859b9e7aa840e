import { Button } from '../../controls/button.tsx'
import { CodeBlock } from '../copy.tsx'
import { verifySnippet } from '../start/snippets.ts'

/** A new secret, which is shown this once, and what to do with it. */
export function MadeSecret({
  secret,
  rotated = false,
  onClose,
}: {
  secret: string
  rotated?: boolean
  onClose: () => void
}) {
  return (
    <div class="setup-dialog-form">
      <p class="export-what">
        Every message is signed with it, so that your server knows who sent it. Keep it where your server keeps secrets:
        it cannot be shown again.
        {rotated && ' For 24 hours messages are signed with the old one too, so change over in between.'}
      </p>
      <CodeBlock label="The secret" code={secret} />
      <Verify />
      <div class="dialog-foot setup-dialog-choices">
        <Button look="primary" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </div>
  )
}

/** How a receiver proves where a message is from. */
export function Verify() {
  return (
    <details class="setup-policy">
      <summary>How to verify a message</summary>
      <p class="setup-card-what">
        Messages follow Standard Webhooks, so any of its libraries will do. Take the body as it came: what was parsed
        and written again is signed no more. Answer with any 2xx within 15 seconds.
      </p>
      <CodeBlock label="A handler that gets a Request" code={verifySnippet} />
    </details>
  )
}
