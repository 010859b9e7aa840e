import { Lock, Plus } from 'lucide'
import { useState } from 'preact/hooks'
import type { Key, KeyType } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { listKeys } from '../../collector/project.ts'
import { isAdmin } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Blank } from '../../controls/blank.tsx'
import { Button } from '../../controls/button.tsx'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { ChangeKeyDialog } from './change.tsx'
import { KeyTable } from './table.tsx'
import { NewKeyDialog } from './new-key.tsx'
import { askToRevoke } from './revoke.tsx'
import { RotateDialog } from './rotate.tsx'
import { Signing } from './signing.tsx'

/** What each kind of key is for. */
const types: Record<KeyType, { title: string; what: string; add: string }> = {
  publishable: {
    title: 'Publishable keys',
    what: 'Stand in pages, for everybody to see. Each belongs to an environment; with it feedback can be sent, and none be read.',
    add: 'New publishable key',
  },
  secret: {
    title: 'Secret keys',
    what: 'For servers, CI and the command line. Each may do what its scopes say.',
    add: 'New secret key',
  },
  identity: {
    title: 'Identity secrets',
    what: 'Your server signs with one who somebody is, so that nobody can speak in another’s name. Never sent anywhere.',
    add: 'New identity secret',
  },
}

/** The project's keys, which only admins see. */
export function KeysSection() {
  const [round, setRound] = useState(0)
  const { value, failure } = useAnswer(() => (isAdmin.value ? listKeys() : null), [isAdmin.value, round])
  const reload = () => setRound(round + 1)
  if (!isAdmin.value) {
    return (
      <Blank icon={Lock} title="Only admins see the keys">
        A key opens the project to whoever holds it. Ask an admin for the one that you need.
      </Blank>
    )
  }
  if (failure) return <NotLoaded failure={failure} onAgain={reload} />
  if (value === null) return <CardBones lines={6} />
  return (
    <>
      {(Object.keys(types) as KeyType[]).map((type) => (
        <Keys key={type} type={type} keys={value.items.filter((one) => one.type === type)} onChange={reload} />
      ))}
      <Signing />
    </>
  )
}

function Keys({ type, keys, onChange }: { type: KeyType; keys: Key[]; onChange: () => void }) {
  const [withRevoked, setWithRevoked] = useState(false)
  const { title, what, add } = types[type]
  const live = keys.filter(({ revokedAt }) => revokedAt === null)
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null)
  const make = () =>
    open({ shows: 'dialog', View: () => <NewKeyDialog type={type} title={add} onClose={close} onMade={onChange} /> })
  const change = (key: Key) => open({ shows: 'dialog', View: () => <ChangeKeyDialog of={key} onChanged={onChange} /> })
  const rotate = (key: Key) => open({ shows: 'dialog', View: () => <RotateDialog of={key} onRotated={onChange} /> })
  return (
    <Card
      title={title}
      what={what}
      actions={
        <Button icon={Plus} look="outline" onClick={make}>
          {add}
        </Button>
      }
    >
      {live.length === 0 && <p class="setup-card-empty">None yet.</p>}
      {live.length > 0 && (
        <KeyTable
          label={title}
          type={type}
          keys={live}
          live={{ onChange: change, onRotate: rotate, onRevoke: (key) => askToRevoke(key, onChange) }}
        />
      )}
      {revoked.length > 0 && (
        <div class="setup-revoked">
          <button
            type="button"
            class="text-button"
            aria-expanded={withRevoked}
            onClick={() => setWithRevoked(!withRevoked)}
          >
            {withRevoked ? 'Hide' : 'Show'} {revoked.length.toLocaleString()} revoked
          </button>
          {withRevoked && <KeyTable label={`${title}, revoked`} type={type} keys={revoked} live={null} />}
        </div>
      )}
    </Card>
  )
}
