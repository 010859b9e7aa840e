import { Plus, X } from 'lucide'
import { useState } from 'preact/hooks'
import type { RefusedOrigin } from '../../../../sdk/wire/index.ts'
import { readOrigins } from '../../collector/admission.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { Time } from '../../controls/time.tsx'
import { plural } from '../../controls/total.ts'
import { Card } from '../card.tsx'
import { TextField } from '../field.tsx'
import { change } from './settings.ts'

/** Which pages may send, and which were not let in. */
export function Origins() {
  const origins = project.value?.origins ?? []
  // Asked anew with every change: what is allowed now is refused no more.
  const [round, setRound] = useState(0)
  const { value, failure } = useAnswer((signal) => readOrigins(signal), [origins.join(' '), round])
  const refused = (value?.refused ?? []).filter(({ origin }) => !origins.includes(origin))
  return (
    <Card
      title="Origins"
      what="Pages that may send feedback. This keeps strangers’ pages out; it is hygiene and no proof, because only browsers say where they are."
    >
      {origins.length === 0 ? (
        <p class="setup-note origin-open">
          Every page that carries a publishable key may send.{' '}
          {isAdmin.value && 'Add your own origins; pages elsewhere are refused from then on.'}
        </p>
      ) : (
        <ul class="setup-lines" aria-label="Origins that may send">
          {origins.map((origin) => (
            <li key={origin} class="setup-line">
              <code class="setup-line-name">{origin}</code>
              <span class="quiet origin-what">{whatItAdmits(origin)}</span>
              {isAdmin.value && <Button icon={X} label={`Remove ${origin}`} onClick={() => remove(origin)} />}
            </li>
          ))}
        </ul>
      )}
      {isAdmin.value && <AddOrigin />}
      {refused.length > 0 && <Refused of={refused} />}
      {failure && (
        <p class="setup-card-empty" role="alert">
          Which pages were refused did not load.{' '}
          <button type="button" class="text-button" onClick={() => setRound(round + 1)}>
            Try again
          </button>
        </p>
      )}
    </Card>
  )
}

/** What an entry of the list lets in. */
export function whatItAdmits(origin: string): string {
  if (origin === 'null') return 'Files, and frames in a sandbox'
  if (origin.includes('://*.')) return 'Every subdomain'
  if (origin.endsWith('://')) return 'Every app of this scheme'
  if (!/^https?:/.test(origin)) return 'An app'
  return 'This origin alone'
}

function AddOrigin() {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const add = async (event: Event) => {
    event.preventDefault()
    const wanted = text.trim()
    if (wanted === '') return
    const said = `${wanted} may send.`
    const result = await change(({ origins }) => ({ origins: [...origins, wanted] }), said)
    if (result.ok) setText('')
    if (result.ok) setError(null)
    else
      setError(
        result.isInvalid ? 'This is no origin. Write it as https://app.example.com, without a path.' : result.why,
      )
  }
  return (
    <form class="setup-inline-form origin-add" onSubmit={(event) => void add(event)}>
      <TextField
        label="Add an origin"
        code
        value={text}
        maxLength={300}
        placeholder="https://app.example.com"
        error={error ?? undefined}
        hint={
          <>
            One origin, all subdomains (<code>https://*.example.com</code>), an app (<code>capacitor://localhost</code>,{' '}
            <code>chrome-extension://</code>), or <code>null</code> for files and sandboxes.
          </>
        }
        onText={(next) => {
          setText(next)
          setError(null)
        }}
      />
      <Button type="submit" look="outline" icon={Plus} disabled={text.trim() === ''}>
        Add origin
      </Button>
    </form>
  )
}

function remove(origin: string): void {
  void withUndo(
    ({ origins }) => origins.filter((one) => one !== origin),
    ({ origins }) => [...origins.filter((one) => one !== origin), origin],
    `${origin} was removed.`,
  )
}

/** Lets a refused origin in. What waits in people’s outboxes there comes within a day. */
function allow(origin: string): void {
  void withUndo(
    ({ origins }) => [...origins.filter((one) => one !== origin), origin],
    ({ origins }) => origins.filter((one) => one !== origin),
    `${origin} may send. What waits there comes within a day.`,
  )
}

type OriginsOf = (project: { origins: string[] }) => string[]

async function withUndo(next: OriginsOf, before: OriginsOf, said: string): Promise<void> {
  const done = await change((now) => ({ origins: next(now) }))
  if (!done.ok) return
  const undo = () => void change((now) => ({ origins: before(now) }), 'Taken back.')
  notify({ tone: 'plain', text: said, action: { label: 'Undo', run: undo } })
}

function Refused({ of }: { of: readonly RefusedOrigin[] }) {
  return (
    <div class="origin-refused">
      <h4>Refused in the last 30 days</h4>
      <ul class="setup-lines" aria-label="Refused origins">
        {of.map(({ origin, count, lastAt }) => (
          <li key={origin} class="setup-line">
            <code class="setup-line-name">{origin}</code>
            <span class="quiet origin-count">
              {plural(count, 'request')}, last <Time at={lastAt} />
            </span>
            {isAdmin.value && (
              <Button look="outline" onClick={() => allow(origin)}>
                Allow<span class="hidden-text"> {origin}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
