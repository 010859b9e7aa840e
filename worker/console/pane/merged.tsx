import { Merge } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { follow, itemHref } from '../address/address.ts'
import { readFeedback } from '../collector/feedback.ts'
import { mayEdit } from '../collector/session.ts'
import { listMerged } from '../collector/team.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Icon } from '../controls/icon.tsx'
import { Time } from '../controls/time.tsx'
import { plural } from '../controls/total.ts'
import { summary } from '../inbox/row.tsx'
import { merges, unmerge } from '../triage/merge.ts'
import { items } from '../triage/workspace.ts'

/** Whoever goes on at once does not ask. */
const settleMs = 120

/** Says what an item was merged into, and takes it out. */
export function MergedInto({ item }: { item: Feedback }) {
  const into = item.mergedInto
  const known = into === undefined ? undefined : items.get(into)?.value
  const { value, failure } = useAnswer(
    () => (into === undefined || known !== undefined ? null : readFeedback(into)),
    [into],
  )
  if (into === undefined) return null
  const target = known ?? (value?.id === into ? value : undefined)
  return (
    <p class="merged-into">
      <Icon of={Merge} />
      <span class="merged-into-text">
        {target ? (
          <>
            Merged into <span class="reference">{target.reference}</span>
            <a class="merged-link" href={itemHref(into)} onClick={(event) => follow(event, { item: into })}>
              <bdi>{summary(target)}</bdi>
            </a>
          </>
        ) : failure ? (
          'Merged into an item that is not here any more'
        ) : (
          <>
            Merged into <span class="bone inline" />
          </>
        )}
      </span>
      {mayEdit.value && (
        <button type="button" class="text-button" onClick={() => void unmerge(item)}>
          Take out
        </button>
      )}
    </p>
  )
}

/** What was merged into an item, each with a way there and a way out. */
export function MergedHere({ item }: { item: Feedback }) {
  const asked = useSettledId(item.id)
  const { value } = useAnswer(
    (given) => (asked === item.id ? listMerged(asked, given) : null),
    [asked, item.id, merges.value],
  )
  const [found, setFound] = useState<{ of: string; list: typeof value }>({ of: '', list: null })
  useEffect(() => {
    if (value) setFound({ of: asked, list: value })
  }, [value])
  const list = found.of === item.id ? found.list : null
  if (!list || list.total.count === 0) return null
  const shown = list.items.map((one) => items.get(one.id)?.value ?? one).filter(({ mergedInto }) => mergedInto)
  const more = list.total.count - list.items.length
  return (
    <section class="merged-here" aria-label="Merged into this">
      <h3 class="part-title">{plural(list.total.count, 'item')} merged into this</h3>
      <ul>
        {shown.map((one) => (
          <li key={one.id} class="merged-item">
            <a class="merged-row" href={itemHref(one.id)} onClick={(event) => openMerged(event, one)}>
              <span class="merged-words" dir="auto">
                {summary(one)}
              </span>
              <span class="merged-facts">
                <bdi>
                  {one.person?.account?.name ?? one.person?.name ?? one.person?.email ?? one.email ?? 'Anonymous'}
                </bdi>
                <Time at={one.createdAt} />
                <span class="reference">{one.reference}</span>
              </span>
            </a>
            {mayEdit.value && (
              <button
                type="button"
                class="text-button"
                aria-label={`Take ${one.reference} out`}
                onClick={() => {
                  items.put(one)
                  void unmerge(one)
                }}
              >
                Take out
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="quiet">and {plural(more, 'older item')}.</p>}
    </section>
  )
}

function openMerged(event: MouseEvent, item: Feedback): void {
  items.put(item)
  follow(event, { item: item.id })
}

function useSettledId(id: string): string {
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), settleMs)
    return () => clearTimeout(timer)
  }, [id])
  return settled
}
