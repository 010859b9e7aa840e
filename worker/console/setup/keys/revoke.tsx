import type { Key, KeyType } from '../../../../sdk/wire/index.ts'
import { revokeKey } from '../../collector/project.ts'
import { notify } from '../../controls/notices.ts'
import { Time } from '../../controls/time.tsx'
import { confirm } from '../confirm.tsx'

/** What stops working. */
const consequences: Record<KeyType, string> = {
  publishable: 'Pages that carry it can send no feedback from then on, within a minute. What came in with it stays.',
  secret: 'Whatever signs in with it is refused at once.',
  identity: 'Tokens that were signed with it prove nothing any more, within a minute: people count as not verified.',
}

/** Asks before a key is revoked: that cannot be undone. */
export function askToRevoke(of: Key, onRevoked: () => void): void {
  confirm({
    title: `Revoke “${of.name}”`,
    what: (
      <>
        {consequences[of.type]} This cannot be undone.{' '}
        {of.lastUsedAt === null ? (
          'It was never used.'
        ) : (
          <>
            It was last used <Time at={of.lastUsedAt} />.
          </>
        )}
      </>
    ),
    button: 'Revoke key',
    failed: 'Not revoked.',
    keep: 'Keep it',
    run: () => revokeKey(of.id),
    onDone: () => {
      onRevoked()
      notify({ tone: 'plain', text: `${of.name} was revoked.` })
    },
  })
}
