import { useState } from 'preact/hooks'
import type { Key, KeyPatch } from '../../../../sdk/wire/index.ts'
import { close } from '../../actions/overlay.ts'
import { explain } from '../../collector/answer.ts'
import { patchKey } from '../../collector/project.ts'
import { Dialog } from '../../controls/dialog.tsx'
import { focusFirstFault } from '../../controls/first-fault.ts'
import { notify } from '../../controls/notices.ts'
import { Fault } from '../confirm.tsx'
import { TextField } from '../field.tsx'
import { FormFoot } from '../foot.tsx'
import { EndField } from './end-field.tsx'
import { expiryOf, faultOf, formOf, isSameEnd } from './end.ts'

/** Names a key, and says when it stops by itself. */
export function ChangeKeyDialog({ of, onChanged }: { of: Key; onChanged: () => void }) {
  const [name, setName] = useState(of.name)
  const before = formOf(of.expiresAt)
  const [end, setEnd] = useState(before)
  const [isBusy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // What stands there already may have come meanwhile, and is nobody's mistake.
  const endFault = isSameEnd(end, before) ? null : faultOf(end, Date.now())
  const nameFault = name.trim() === '' ? 'Say where it is used, so that you know later which to revoke.' : null

  const save = async (form: HTMLFormElement) => {
    setTried(true)
    if (nameFault || endFault) return focusFirstFault(form)
    if (isBusy) return
    const patch: KeyPatch = {
      ...(name.trim() !== of.name && { name: name.trim() }),
      ...(!isSameEnd(end, before) && { expiresAt: expiryOf(end, Date.now()) }),
    }
    if (Object.keys(patch).length === 0) return close()
    setBusy(true)
    const answer = await patchKey(of.id, patch)
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`Not changed. ${what} ${next}`)
      return
    }
    close()
    onChanged()
    notify({ tone: 'plain', text: `${answer.value.name} was changed.` })
  }
  return (
    <Dialog label={`Change “${of.name}”`} class="export" onClose={close}>
      <form
        class="setup-dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save(event.currentTarget)
        }}
      >
        <TextField
          label="Name"
          first
          value={name}
          maxLength={100}
          error={(tried && nameFault) || undefined}
          hint="Where it is used. The key itself stays as it is."
          onText={setName}
        />
        <EndField end={end} error={(tried && endFault) || undefined} onEnd={setEnd} />
        {problem && <Fault>{problem}</Fault>}
        <FormFoot button="Save key" isBusy={isBusy} onCancel={close} />
      </form>
    </Dialog>
  )
}
