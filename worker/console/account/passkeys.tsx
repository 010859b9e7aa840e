import { KeyRound, Pencil, Plus, Trash2 } from 'lucide'
import type { Passkey } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { changePasskey, listPasskeys, removePasskey } from '../collector/account.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { notify } from '../controls/notices.ts'
import { Time } from '../controls/time.tsx'
import { Card, CardBones, NotLoaded } from '../setup/card.tsx'
import { confirm } from '../setup/confirm.tsx'
import { RowMenu } from '../setup/row-menu.tsx'
import { hasPasskeys } from '../sign-in/credential.ts'
import { Hidden } from './hidden.tsx'
import { AddPasskey, RenamePasskey } from './passkey-dialogs.tsx'
import { askAgain, round } from './round.ts'

/** The passkeys of whoever is signed in. */
export function Passkeys() {
  const { value, failure } = useAnswer(listPasskeys, [round.value])
  const reload = askAgain
  if (failure) return <NotLoaded failure={failure} onAgain={reload} />
  if (value === null) return <CardBones lines={2} />
  const { items, hidden } = value
  const add = (
    <Button
      icon={Plus}
      look={items.length === 0 ? 'primary' : 'outline'}
      onClick={() => open({ shows: 'dialog', View: () => <AddPasskey onAdded={reload} /> })}
    >
      Add a passkey
    </Button>
  )
  return (
    <Card
      title="Passkeys"
      what="Sign in with the fingerprint, face or PIN of your device. Nothing to remember, and nothing that could be typed into the wrong page."
      actions={hasPasskeys() && add}
    >
      {!hasPasskeys() && (
        <p class="setup-note">
          This browser cannot make passkeys here. Open the console in a current browser, over https and by its name.
          Until then you sign in with a link.
        </p>
      )}
      {items.length === 0 && hidden === 0 && hasPasskeys() && (
        <p class="setup-card-empty">None yet: to sign in elsewhere you need a link each time.</p>
      )}
      {items.length > 0 && <PasskeyTable items={items} isOnly={items.length + hidden === 1} onChange={reload} />}
      <Hidden count={hidden} noun="passkey" />
    </Card>
  )
}

function PasskeyTable(props: { items: readonly Passkey[]; isOnly: boolean; onChange: () => void }) {
  const { items, isOnly, onChange } = props
  return (
    <table class="setup-key-table" aria-label="Passkeys">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kept</th>
          <th scope="col">Added</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span class="hidden-text">More</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <PasskeyRow key={one.id} of={one} isOnly={isOnly} onChange={onChange} />
        ))}
      </tbody>
    </table>
  )
}

function PasskeyRow({ of, isOnly, onChange }: { of: Passkey; isOnly: boolean; onChange: () => void }) {
  const rename = () => open({ shows: 'dialog', View: () => <RenamePasskey of={of} onRenamed={onChange} /> })
  const actions = [
    { label: 'Rename', icon: Pencil, run: rename },
    { label: 'Remove', icon: Trash2, run: () => askToRemove(of, isOnly, onChange) },
  ]
  if (!of.opensAll)
    actions.unshift({ label: 'Use it for every project', icon: KeyRound, run: () => askToOpen(of, onChange) })
  return (
    <tr>
      <td class="setup-key-name" data-label="Name">
        <span>
          <bdi>{of.name}</bdi>
          {!of.opensAll && <span class="setup-key-stops">Does not open every project of yours</span>}
        </span>
      </td>
      <td data-label="Kept">{of.synced ? 'On all your devices' : 'On one device'}</td>
      <td data-label="Added">
        <Time at={of.createdAt} />
      </td>
      <td data-label="Last used">
        {of.lastUsedAt === null ? <span class="quiet">Never</span> : <Time at={of.lastUsedAt} />}
      </td>
      <td class="setup-key-revoke">
        <RowMenu label={`More about ${of.name}`} actions={actions} />
      </td>
    </tr>
  )
}

function askToRemove({ id, name }: Passkey, isOnly: boolean, onDone: () => void): void {
  confirm({
    title: `Remove “${name}”`,
    what: `It signs in here no more; browsers in which you are signed in stay so.${
      isOnly ? ' It is your only passkey: after that you need a link to sign in.' : ''
    } Your device may still offer it: delete it there, too.`,
    button: 'Remove passkey',
    failed: 'Not removed.',
    keep: 'Keep it',
    run: () => removePasskey(id),
    onDone: () => {
      onDone()
      notify({ tone: 'plain', text: `${name} was removed.` })
    },
  })
}

/** A passkey from before somebody came to a further project may be somebody else’s: its owner says that it is not. */
function askToOpen({ id, name }: Passkey, onDone: () => void): void {
  confirm({
    title: `Use “${name}” for every project`,
    what: 'It was added before you came to one of your projects. If you added it yourself, let it sign in to all of them. If you do not know it, remove it instead.',
    button: 'It is mine, use it',
    failed: 'Nothing was changed.',
    keep: 'Not now',
    run: () => changePasskey(id, { opensAll: true }),
    onDone,
  })
}
