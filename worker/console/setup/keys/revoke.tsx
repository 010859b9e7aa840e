import { useState } from 'preact/hooks'
import type { Key, KeyType } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { revokeKey } from '../../collector/project.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { notify } from '../../controls/notices.ts'
import { Time } from '../../controls/time.tsx'

/** What stops working. */
const consequences: Record<KeyType, string> = {
  publishable: 'Pages that carry it can send no feedback from then on, within a minute. What came in with it stays.',
  secret: 'Whatever signs in with it is refused at once.',
  identity: 'Tokens that were signed with it prove nothing any more, within a minute: people count as not verified.',
}

/** Asks before a key is revoked: that cannot be undone. */
export function RevokeDialog({ of, onClose, onRevoked }: { of: Key; onClose: () => void; onRevoked: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const revoke = async () => {
    setBusy(true)
    const answer = await revokeKey(of.id)
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`Not revoked. ${what} ${next}`)
      return
    }
    onClose()
    onRevoked()
    notify({ tone: 'plain', text: `${of.name} was revoked.` })
  }
  return (
    <Dialog label={`Revoke “${of.name}”`} class="export" onClose={onClose}>
      <p class="export-what">
        {consequences[of.type]} This cannot be undone.{' '}
        {of.lastUsedAt === null ? (
          'It was never used.'
        ) : (
          <>
            It was last used <Time at={of.lastUsedAt} />.
          </>
        )}
      </p>
      {problem && (
        <p class="setup-fault" role="alert">
          {problem}
        </p>
      )}
      <div class="dialog-foot setup-dialog-choices">
        <Button look="outline" onClick={onClose}>
          Keep it
        </Button>
        <Button look="primary" disabled={isBusy} onClick={() => void revoke()}>
          Revoke key
        </Button>
      </div>
    </Dialog>
  )
}
