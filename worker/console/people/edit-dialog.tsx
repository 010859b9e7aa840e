import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { AccountRecord, PersonRecord } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { explain, type Answer } from '../collector/answer.ts'
import { updateAccount, updatePerson } from '../collector/people.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { notify } from '../controls/notices.ts'
import { accountChange, accountForm, personChange, personForm } from './input.ts'
import { TextField, TraitFields } from './trait-fields.tsx'

/** What the team knows of a person; it stands before what pages claim, and until a signed token says otherwise. */
export function EditPerson({ record, onSaved }: { record: PersonRecord; onSaved: (record: PersonRecord) => void }) {
  const before = personForm(record)
  const [form, setForm] = useState(before)
  const change = personChange(before, form)
  return (
    <EditForm
      title={`Edit ${record.name ?? record.externalId}`}
      isChanged={Object.keys(change).length > 0}
      save={() => updatePerson(record.id, change)}
      onSaved={onSaved}
    >
      <TextField label="Name" value={form.name} onInput={(name) => setForm({ ...form, name })} />
      <TextField label="E-mail" keys="email" value={form.email} onInput={(email) => setForm({ ...form, email })} />
      <TextField
        label="Account"
        hint="The account’s id in your own system"
        value={form.account}
        onInput={(account) => setForm({ ...form, account })}
      />
      <TraitFields lines={form.traits} onChange={(traits) => setForm({ ...form, traits })} />
    </EditForm>
  )
}

/** What the team knows of an account: what it is called, and what it is worth. */
export function EditAccount(props: {
  id: string
  record: AccountRecord | null
  onSaved: (record: AccountRecord) => void
}) {
  const { id, record, onSaved } = props
  const before = accountForm(record ?? {})
  const [form, setForm] = useState(before)
  const change = accountChange(before, form)
  return (
    <EditForm
      title={`Edit ${record?.name ?? id}`}
      isChanged={typeof change === 'string' || Object.keys(change).length > 0}
      save={() => (typeof change === 'string' ? change : updateAccount(id, change))}
      onSaved={onSaved}
    >
      <TextField label="Name" value={form.name} onInput={(name) => setForm({ ...form, name })} />
      <TextField label="Plan" value={form.plan} onInput={(plan) => setForm({ ...form, plan })} />
      <TextField
        label="Revenue a year"
        hint="In the project’s currency"
        keys="decimal"
        value={form.revenue}
        onInput={(revenue) => setForm({ ...form, revenue })}
      />
      <TraitFields lines={form.traits} onChange={(traits) => setForm({ ...form, traits })} />
    </EditForm>
  )
}

interface EditFormProps<T> {
  title: string
  isChanged: boolean
  /** Sends it; a sentence where it cannot be sent. */
  save: () => Promise<Answer<T>> | string
  onSaved: (value: T) => void
  children: ComponentChildren
}

function EditForm<T>({ title, isChanged, save, onSaved, children }: EditFormProps<T>) {
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    const sent = save()
    if (typeof sent === 'string') return setFailure(sent)
    setBusy(true)
    const answer = await sent
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      return setFailure(`${what} ${next}`)
    }
    close()
    onSaved(answer.value)
    notify({ tone: 'plain', text: 'Saved' })
  }
  return (
    <Dialog label={title} class="edit" onClose={close}>
      <form
        class="edit-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {children}
        {failure && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!isChanged || isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
