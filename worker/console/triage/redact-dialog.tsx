import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Feedback, Redaction } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { explain } from '../collector/answer.ts'
import { redactFeedback } from '../collector/team.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { notify } from '../controls/notices.ts'
import { imageFacts } from '../pane/image-facts.ts'
import { Blackened } from './blackened.tsx'
import { changedParts } from './changed-parts.ts'
import { items } from './workspace.ts'

const settleMs = 250

/** Blacks out words and removes images, for good: shows first what becomes of the item, as the collector says it. */
export function RedactDialog({ id, texts }: { id: string; texts: readonly string[] }) {
  const item = items.get(id)?.value
  const [typed, setTyped] = useState(texts.join('\n'))
  const [images, setImages] = useState<readonly number[]>([])
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const wanted = wantedOf(typed, images)
  const settled = useSettled(JSON.stringify(wanted))
  const isEmpty = wanted.texts?.length === 0 && images.length === 0
  const { value: after, failure } = useAnswer(
    (given) => (isEmpty ? null : redactFeedback(id, { ...(JSON.parse(settled) as Redaction), dryRun: true }, given)),
    [settled, item?.change],
  )
  if (!item) return null
  const isCurrent = settled === JSON.stringify(wanted)
  const mayRun = !isEmpty && isCurrent && after !== null && failure === null && !isBusy
  const run = async () => {
    setBusy(true)
    const answer = await redactFeedback(id, wanted)
    setBusy(false)
    if (!answer.ok) return setFailed(Object.values(explain(answer.failure)).join(' '))
    items.put(answer.value)
    close()
    notify({ tone: 'plain', text: 'Blacked out' })
  }
  return (
    <Dialog label="Black out" class="form-dialog redact-dialog" onClose={close}>
      <div class="form-body">
        <label class="field">
          <span class="field-label">Words to black out, one a line</span>
          <textarea
            ref={field}
            class="input"
            rows={3}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <span class="field-hint">
            Wherever this item says them, in capitals or not: in names, tags and notes too.
          </span>
        </label>
        <Images item={item} chosen={images} onChange={setImages} />
        <Preview item={item} after={isEmpty ? null : after} />
        <p class="field-error" role="alert">
          {failed || (!isEmpty && isCurrent && failure ? explain(failure).what : '')}
        </p>
      </div>
      <div class="form-foot">
        <span class="field-hint">Nobody can bring it back.</span>
        <span class="spring" />
        <Button look="outline" onClick={close}>
          Keep it
        </Button>
        <Button look="primary" class="danger" disabled={!mayRun} onClick={() => void run()}>
          Black out for good
        </Button>
      </div>
    </Dialog>
  )
}

function wantedOf(typed: string, attachments: readonly number[]): Redaction {
  const lines = typed.split('\n').map((line) => line.trim())
  return { texts: [...new Set(lines.filter((line) => line !== ''))], attachments: [...attachments] }
}

/** A value once nobody has typed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

function Images(props: { item: Feedback; chosen: readonly number[]; onChange: (next: readonly number[]) => void }) {
  const all = (props.item.attachments ?? []).map((attachment, n) => ({ attachment, n }))
  const shown = all.filter(({ attachment }) => attachment.url !== undefined)
  if (shown.length === 0) return null
  return (
    <fieldset class="field">
      <legend class="field-label">Images to remove</legend>
      <div class="redact-images">
        {shown.map(({ attachment, n }) => (
          <label key={n} class={props.chosen.includes(n) ? 'redact-image chosen' : 'redact-image'}>
            <input
              type="checkbox"
              checked={props.chosen.includes(n)}
              onChange={(event) => {
                const others = props.chosen.filter((one) => one !== n)
                props.onChange(event.currentTarget.checked ? [...others, n] : others)
              }}
            />
            <img src={attachment.url} alt="" width={attachment.width} height={attachment.height} />
            <span>
              Image {n + 1} <span class="quiet">{imageFacts(attachment)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Preview({ item, after }: { item: Feedback; after: Feedback | null }) {
  const parts = after ? changedParts(item, after) : []
  return (
    <section class="field" aria-label="How it will read">
      <h3 class="field-label">How it will read</h3>
      <div class="redact-preview" dir="auto">
        {(after ?? item).message === '' ? (
          <span class="quiet">No words came with it.</span>
        ) : (
          <Blackened text={(after ?? item).message} />
        )}
      </div>
      {parts.length > 0 && (
        <ul class="redact-parts">
          {parts.map(({ label, text }) => (
            <li key={label}>
              <span class="quiet">{label}</span> <Blackened text={text} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
