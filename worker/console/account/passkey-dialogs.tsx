import { useState } from 'preact/hooks'
import type { Passkey } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { type Answer, explain } from '../collector/answer.ts'
import { addPasskey, changePasskey, passkeyOptions } from '../collector/account.ts'
import { Dialog } from '../controls/dialog.tsx'
import { notify } from '../controls/notices.ts'
import { Fault } from '../setup/confirm.tsx'
import { TextField } from '../setup/field.tsx'
import { FormFoot } from '../setup/foot.tsx'
import { createPasskey } from '../sign-in/credential.ts'

/** Names a passkey first, because the browser's own question comes last and closes everything. */
export function AddPasskey({ onAdded }: { onAdded: () => void }) {
  const add = async (name: string): Promise<string | null> => {
    const options = await passkeyOptions()
    if (!options.ok) return said(options)
    const made = await createPasskey(options.value.publicKey).catch(whyNot)
    if (made === null) return 'The browser’s question was closed, or took too long. Try again.'
    if (typeof made === 'string') return made
    const added = await addPasskey({ name, credential: made })
    if (!added.ok) return said(added)
    onAdded()
    notify({ tone: 'plain', text: `${name} was added. Next time it signs you in.` })
    return null
  }
  return (
    <NameDialog
      title="Add a passkey"
      hint="So that you know later which is which. Then your browser asks you to confirm."
      button="Go on"
      failed="No passkey was added."
      first=""
      save={add}
    />
  )
}

export function RenamePasskey({ of, onRenamed }: { of: Passkey; onRenamed: () => void }) {
  const rename = async (name: string): Promise<string | null> => {
    const answer = await changePasskey(of.id, { name })
    if (!answer.ok) return said(answer)
    onRenamed()
    return null
  }
  return (
    <NameDialog
      title={`Rename “${of.name}”`}
      hint="Where it is, such as Laptop or Phone."
      button="Rename"
      failed="Not renamed."
      first={of.name}
      save={rename}
    />
  )
}

interface NameProps {
  title: string
  hint: string
  button: string
  failed: string
  first: string
  /** Answers with what went wrong, or null. */
  save: (name: string) => Promise<string | null>
}

function NameDialog({ title, hint, button, failed, first, save }: NameProps) {
  const [name, setName] = useState(first)
  const [tried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const go = async () => {
    setTried(true)
    if (name.trim() === '' || isBusy) return
    setBusy(true)
    setProblem(null)
    const fault = await save(name.trim())
    setBusy(false)
    if (fault === null) close()
    else setProblem(`${failed} ${fault}`)
  }
  return (
    <Dialog label={title} class="export" onClose={close}>
      <form
        class="setup-dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <TextField
          label="Name"
          first
          value={name}
          maxLength={100}
          placeholder="Laptop"
          error={tried && name.trim() === '' ? 'Give it a name, such as the device it is on.' : undefined}
          hint={hint}
          onText={setName}
        />
        {problem && <Fault>{problem}</Fault>}
        <FormFoot button={button} isBusy={isBusy} onCancel={close} />
      </form>
    </Dialog>
  )
}

function said(answer: Answer<unknown> & { ok: false }): string {
  const { what, next } = explain(answer.failure)
  return `${what} ${next}`.trim()
}

/** Browsers say by the name of what they throw why there is none. */
function whyNot(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'InvalidStateError') return 'This device has a passkey of yours already.'
  if (name === 'SecurityError') return 'This address cannot have passkeys. Open the console over https and by its name.'
  return 'This browser or device cannot make one. Try another, or go on with sign-in links.'
}
