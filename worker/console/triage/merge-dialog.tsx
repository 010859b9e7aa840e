import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { explain } from '../collector/answer.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Dialog } from '../controls/dialog.tsx'
import { Keycap } from '../controls/keycap.tsx'
import { Time } from '../controls/time.tsx'
import { plural } from '../controls/total.ts'
import { KindMark } from '../inbox/kind.tsx'
import { summary } from '../inbox/row.tsx'
import { findTargets } from './find-targets.ts'
import { mergeInto } from './merge.ts'
import { items } from './workspace.ts'

/** Between two keystrokes of somebody who types. */
const settleMs = 150

/** Finds the item that others are merged into. */
export function MergeDialog({ ids }: { ids: readonly string[] }) {
  const [of] = useState(() => ids.flatMap((id) => items.get(id)?.peek() ?? []))
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState('')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useLayoutEffect(() => field.current?.focus(), [])
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text), text === '' ? 0 : settleMs)
    return () => clearTimeout(timer)
  }, [text])
  const { value, failure } = useAnswer(
    async (given) => {
      const answer = await findTargets(wanted, of, given)
      return answer.ok ? { ok: true, value: { by: wanted, items: answer.value } } : answer
    },
    [wanted],
  )
  /** What is listed was found by what stood in the field before. */
  const isOld = value?.by !== text
  /** Enter came before its answer: a reference is pasted faster than it is found. */
  const [isMeant, setMeant] = useState(false)

  // Of several that are ticked, one may be what the others are merged into.
  const ticked = of.length > 1 && text === '' ? of : []
  const found = [...ticked, ...(value?.items ?? [])]
  const current = Math.min(active, found.length - 1)
  const what = of.length === 1 ? (of[0]?.reference ?? 'it') : plural(of.length, 'item')
  const choose = (target: Feedback | undefined) => {
    if (!target) return
    items.put(target)
    close()
    void mergeInto(ids, target)
  }
  const enter = () => {
    if (isOld && text !== '' && active === 0) setMeant(true)
    else choose(found[current])
  }
  useEffect(() => {
    if (!isMeant || (isOld && !failure)) return
    setMeant(false)
    if (!isOld) choose(found[0])
  }, [isMeant, isOld, failure])
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1
    if (event.isComposing) return
    if (event.key === 'ArrowDown') setActive(current >= last ? 0 : current + 1)
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1)
    else if (event.key === 'Enter') enter()
    else return
    event.preventDefault()
  }

  return (
    <Dialog label={`Merge ${what} into another item`} class="palette merge-dialog" titled={false} onClose={close}>
      <div class="picker">
        <input
          ref={field}
          class="picker-field"
          type="text"
          dir="auto"
          role="combobox"
          aria-label={`Merge ${what} into: words, a reference or a link`}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
          placeholder={`Merge ${what} into…`}
          autocomplete="off"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setActive(0)
            setMeant(false)
          }}
          onKeyDown={onKeyDown}
        />
        {found.length > 0 && (
          <p class="picker-heading" aria-hidden="true">
            {ticked.length > 0 ? 'Selected, then much the same' : value?.by === '' ? 'Says much the same' : 'Found'}
          </p>
        )}
        <div class="picker-list" role="listbox" id={`${id}-list`} aria-label="Items to merge into">
          {found.map((item, index) => (
            <Target
              key={item.id}
              id={`${id}-${index}`}
              item={item}
              active={index === current}
              onPoint={() => setActive(index)}
              onPick={() => choose(item)}
            />
          ))}
        </div>
        <div role="status">
          {found.length === 0 && (
            <p class="picker-empty">
              {failure
                ? `${explain(failure).what} ${explain(failure).next}`
                : isOld
                  ? 'Looking…'
                  : text === ''
                    ? 'Nothing says much the same. Search for the item by its words, or paste its reference or link.'
                    : 'Nothing found. Try other words, or paste a reference or link.'}
            </p>
          )}
        </div>
        <p class="merge-foot">
          <span>Both stay and both count. It can be taken out again.</span>
          <span>
            <Keycap of="Enter" /> Merge
          </span>
        </p>
      </div>
    </Dialog>
  )
}

interface TargetProps {
  id: string
  item: Feedback
  active: boolean
  onPoint: () => void
  onPick: () => void
}

function Target({ id, item, active, onPoint, onPick }: TargetProps) {
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      id={id}
      ref={row}
      role="option"
      class="picker-row merge-target"
      aria-selected={active}
      data-active={active ? '' : undefined}
      onPointerMove={active ? undefined : onPoint}
      onClick={onPick}
    >
      <span class="merge-words" dir="auto">
        {summary(item)}
      </span>
      <span class="merge-facts">
        <KindMark of={item.kind} />
        <bdi>{item.person?.account?.name ?? item.person?.name ?? item.person?.email ?? item.email ?? 'Anonymous'}</bdi>
        <Time at={item.createdAt} />
        <span class="reference">{item.reference}</span>
      </span>
    </div>
  )
}
