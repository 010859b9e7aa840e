import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { type CreatedKey, type KeyType, type NewKey, type Scope, scopes } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { createKey } from '../../collector/project.ts'
import { project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { focusFirstFault } from '../../controls/first-fault.ts'
import { Fault } from '../confirm.tsx'
import { CodeBlock } from '../copy.tsx'
import { TextField } from '../field.tsx'
import { FormFoot } from '../foot.tsx'
import { EndField } from './end-field.tsx'
import { expiryOf, faultOf, formOf } from './end.ts'

interface Props {
  type: KeyType
  title: string
  onClose: () => void
  onMade: () => void
}

const scopeWords: Record<Scope, string> = {
  read: 'Read feedback, people and numbers',
  write: 'Triage, import and change feedback',
  export: 'Export everything',
  admin: 'Change settings and make keys',
}

const environmentPattern = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Makes a key and shows it, this once. */
export function NewKeyDialog({ type, title, onClose, onMade }: Props) {
  const [made, setMade] = useState<CreatedKey | null>(null)
  const [name, setName] = useState('')
  const [environment, setEnvironment] = useState('production')
  const [chosen, setChosen] = useState<readonly Scope[]>(['read'])
  const [end, setEnd] = useState(formOf(null))
  const [isBusy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const noScope = useId()
  const isEnvironment = type !== 'publishable' || environmentPattern.test(environment)
  const endFault = faultOf(end, Date.now())
  const isReady = name.trim() !== '' && isEnvironment && endFault === null && (type !== 'secret' || chosen.length > 0)

  const make = async (form: HTMLFormElement) => {
    setTried(true)
    if (!isReady) return focusFirstFault(form)
    if (isBusy) return
    setBusy(true)
    const expiresAt = expiryOf(end, Date.now())
    const answer = await createKey({ ...wishOf(type, name.trim(), environment, chosen), expiresAt })
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`${what} ${next}`)
      return
    }
    setMade(answer.value)
    onMade()
  }

  // One dialog throughout: a second one would close with the first.
  return (
    <Dialog label={made ? `“${made.name}” was made` : title} class="export" onClose={onClose}>
      {made ? (
        <MadeKey of={made} onClose={onClose} />
      ) : (
        <form
          class="setup-dialog-form"
          onSubmit={(event) => {
            event.preventDefault()
            void make(event.currentTarget)
          }}
        >
          <TextField
            label="Name"
            first
            value={name}
            maxLength={100}
            placeholder={{ publishable: 'Website', secret: 'Nightly export', identity: 'App server' }[type]}
            error={
              tried && name.trim() === '' ? 'Say where it is used, so that you know later which to revoke.' : undefined
            }
            hint="Where it is used."
            onText={setName}
          />
          {type === 'publishable' && (
            <TextField
              label="Environment"
              value={environment}
              maxLength={40}
              code
              error={isEnvironment ? undefined : 'Use lower-case letters, digits and hyphens.'}
              hint={`Feedback is kept apart by it. Known so far: ${project.value?.environments.join(', ')}.`}
              onText={setEnvironment}
            />
          )}
          {type === 'secret' && (
            <fieldset class="setup-field">
              <legend class="setup-field-label">May</legend>
              {scopes.map((scope) => (
                <label key={scope} class="setup-check">
                  <input
                    type="checkbox"
                    aria-invalid={tried && chosen.length === 0}
                    aria-describedby={noScope}
                    checked={chosen.includes(scope)}
                    onChange={({ currentTarget: { checked } }) =>
                      setChosen(scopes.filter((one) => (one === scope ? checked : chosen.includes(one))))
                    }
                  />
                  <span>
                    {scopeWords[scope]} <code>{scope}</code>
                  </span>
                </label>
              ))}
              {tried && chosen.length === 0 && (
                <p class="setup-field-error" id={noScope}>
                  Choose one at least.
                </p>
              )}
            </fieldset>
          )}
          <EndField end={end} error={(tried && endFault) || undefined} onEnd={setEnd} />
          {problem && <Fault>No key was made. {problem}</Fault>}
          <FormFoot button="Make key" isBusy={isBusy} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  )
}

function wishOf(type: KeyType, name: string, environment: string, chosen: readonly Scope[]): NewKey {
  if (type === 'publishable') return { type, name, environment }
  return type === 'secret' ? { type, name, scopes: [...chosen] } : { type, name }
}

/** What to do with it, in one or two sentences. */
const uses: Record<KeyType, string> = {
  publishable: 'Put it into your pages as data-key. It stays readable here.',
  secret: 'Keep it where your servers keep secrets. It is not stored here, and cannot be shown again.',
  identity:
    'Give it to the server that knows who is signed in, and sign tokens with it (HS256). It cannot be shown again.',
}

/** A new key, this once, with what to do with it. */
export function MadeKey({ of, also, onClose }: { of: CreatedKey; also?: ComponentChildren; onClose: () => void }) {
  return (
    <div class="setup-dialog-form">
      <p class="export-what">
        {uses[of.type]} {also}
      </p>
      <CodeBlock label="The new key" code={of.key} />
      <div class="dialog-foot setup-dialog-choices">
        <Button look="primary" onClick={onClose}>
          I have kept it
        </Button>
      </div>
    </div>
  )
}
