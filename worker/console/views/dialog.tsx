import { useState } from 'preact/hooks'
import type { SavedView } from '../../../sdk/wire/index.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import { close } from '../actions/overlay.ts'
import { filters, option, words } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { mayEdit, project } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { chipsOf } from '../filters/chips.ts'
import { changeView, isOwn, queryOnScreen, removeView, savedViews, saveView } from './saved.ts'

/** Saves what is on screen as a view, or renames, shares and deletes one. */
export function ViewDialog({ id }: { id: string | null }) {
  const saved = savedViews.value.find((one) => one.id === id)
  return (
    <Dialog label={saved ? 'Edit the view' : 'Save as a view'} class="view-dialog" titled onClose={close}>
      <ViewForm saved={saved} />
    </Dialog>
  )
}

function ViewForm({ saved }: { saved: SavedView | undefined }) {
  const [name, setName] = useState(saved?.name ?? suggestion())
  const [visibility, setVisibility] = useState(saved?.visibility ?? 'private')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const isNamed = name.trim() !== ''

  async function submit(): Promise<void> {
    if (!isNamed || busy) return
    setBusy(true)
    const refused = saved
      ? await changeView(saved, { name, visibility }, `Changed the view “${name.trim()}”`)
      : await saveView({ name, visibility, query: queryOnScreen() })
    setBusy(false)
    setFailure(refused)
    if (!refused) close()
  }

  return (
    <form
      class="view-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {!saved && <p class="view-what">{inWords()}</p>}
      <label class="view-field">
        <span>Name</span>
        <input
          type="text"
          dir="auto"
          class="input"
          value={name}
          maxLength={limits.viewNameMaxChars}
          autocomplete="off"
          ref={(field) => {
            // Once: the name is there to be typed over.
            if (field && !field.dataset['taken']) {
              field.dataset['taken'] = 'yes'
              queueMicrotask(() => field.select())
            }
          }}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <fieldset class="formats">
        <legend class="view-legend">Who sees it</legend>
        <Choice
          of="private"
          name="Only you"
          use={
            saved && !isOwn(saved)
              ? `Only ${saved.ownerName ?? 'who made it'} can make it private.`
              : 'In your own side bar.'
          }
          chosen={visibility}
          disabled={saved !== undefined && !isOwn(saved)}
          choose={setVisibility}
        />
        <Choice
          of="shared"
          name="Everybody"
          use={mayEdit.value ? 'In everybody’s side bar.' : 'Viewers cannot share views. Ask an editor.'}
          chosen={visibility}
          disabled={!mayEdit.value}
          choose={setVisibility}
        />
      </fieldset>
      {failure && (
        <p class="view-failure" role="alert">
          {explain(failure).what} {explain(failure).next}
        </p>
      )}
      <div class="dialog-foot">
        {saved && (
          <Button
            class="view-delete"
            onClick={() => {
              close()
              void removeView(saved)
            }}
          >
            Delete view
          </Button>
        )}
        <Button look="outline" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={!isNamed || busy}>
          {saved ? 'Save changes' : 'Save view'}
        </Button>
      </div>
    </form>
  )
}

interface ChoiceProps {
  of: SavedView['visibility']
  name: string
  use: string
  chosen: SavedView['visibility']
  disabled: boolean
  choose: (visibility: SavedView['visibility']) => void
}

function Choice({ of, name, use, chosen, disabled, choose }: ChoiceProps) {
  return (
    <label class={of === chosen ? 'format chosen' : 'format'}>
      <input type="radio" name="visibility" checked={of === chosen} disabled={disabled} onChange={() => choose(of)} />
      <span class="format-name">{name}</span>
      <span class="quiet">{use}</span>
    </label>
  )
}

function parts(): string[] {
  const chips = chipsOf(filters.value, project.value).map(({ label, verb, value }) => `${label} ${verb} ${value}`)
  return words.value ? [`“${words.value}”`, ...chips] : chips
}

function suggestion(): string {
  const [first, ...others] = chipsOf(filters.value, project.value)
  const name = words.value || (first ? [first, ...others].map(({ value }) => value).join(', ') : '')
  return name.slice(0, limits.viewNameMaxChars)
}

function inWords(): string {
  const group = option('group')
  const all = [...parts(), ...(group ? [`grouped by ${group}`] : [])]
  return all.length > 0 ? all.join('; ') : 'All feedback, without a filter.'
}
