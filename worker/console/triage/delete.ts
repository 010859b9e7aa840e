import { ask } from '../actions/overlay.ts'
import { go, openId } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { deleteFeedback } from '../collector/team.ts'
import { notify } from '../controls/notices.ts'
import { plural } from '../controls/total.ts'
import { list, selected, shownIds } from '../inbox/inbox.ts'
import type { List } from '../inbox/list.ts'
import { opened } from '../inbox/sections.ts'
import { createLimiter } from './limiter.ts'
import { merges } from './merge.ts'
import { tickedOrOpen } from './targets.ts'
import { items, triaged } from './workspace.ts'

/** Requests at once: a deletion moves counts and both indexes. */
const limited = createLimiter(4)

/** Asks before the open item, or everything ticked, goes: nothing brings it back. */
export function askDelete(): void {
  const ids = tickedOrOpen('Deleting')
  if (ids.length === 0) return
  const what = ids.length === 1 ? 'this item' : plural(ids.length, 'item')
  ask({
    title: `Delete ${what}`,
    text: `${lost(ids)} It cannot be undone. To keep the words and take out what is private, black it out instead.`,
    button: `Delete ${what}`,
    run: () => void remove(ids),
  })
}

/** What goes with it, in a sentence. */
function lost(ids: readonly string[]): string {
  const all = ids.flatMap((id) => items.get(id)?.peek() ?? [])
  const images = all.reduce(
    (sum, item) => sum + (item.attachments?.filter(({ url }) => url !== undefined).length ?? 0),
    0,
  )
  const notes = all.reduce((sum, item) => sum + (item.teamNotes?.length ?? 0), 0)
  const parts = [
    ids.length === 1 ? 'What was said' : `What was said in all ${ids.length.toLocaleString()}`,
    ...(images > 0 ? [plural(images, 'image')] : []),
    ...(notes > 0 ? [`${plural(notes, 'note')} of the team`] : []),
  ]
  const last = parts.pop() ?? ''
  const listed = parts.length > 0 ? `${parts.join(', ')} and ${last}` : last
  const goes = parts.length > 0 ? 'go' : 'goes'
  return `${listed} ${goes} from every list, count and export. What was merged into it stays.`
}

async function remove(ids: readonly string[]): Promise<void> {
  const gone: string[] = []
  const left: string[] = []
  let failure: Failure | null = null
  await Promise.all(
    ids.map((id) =>
      limited(async () => {
        const answer = await deleteFeedback(id)
        const isGone =
          answer.ok || (answer.failure.because === 'refused' && answer.failure.problem.code === 'not-found')
        if (isGone) gone.push(id)
        else {
          left.push(id)
          if (!answer.ok) failure ??= answer.failure
        }
      }),
    ),
  )
  forget(gone)
  if (failure === null) return notify({ tone: 'plain', text: `Deleted ${plural(gone.length, 'item')}` })
  const { what, next } = explain(failure)
  const again = { label: 'Try again', run: () => void remove(left) }
  notify({ tone: 'bad', text: `Not deleted: ${plural(left.length, 'item')}. ${what} ${next}`, action: again })
}

/** Takes deleted items off the screen; where one was open, the next one opens. */
export function forget(gone: readonly string[]): void {
  if (gone.length === 0) return
  const ids = shownIds.peek()
  const open = openId.peek()
  const at = open === null ? -1 : ids.indexOf(open)
  const next = ids.slice(at).find((id) => !gone.includes(id)) ?? ids.findLast((id) => !gone.includes(id)) ?? null
  for (const shown of [list, ...opened.peek().values()]) dropFrom(shown, gone)
  selected.value = new Set([...selected.peek()].filter((id) => !gone.includes(id)))
  if (open !== null && gone.includes(open)) go({ item: at === -1 ? null : next }, 'replace')
  for (const id of gone) items.remove(id)
  merges.value += 1
  triaged.value += 1
}

function dropFrom({ ids, total }: Pick<List, 'ids' | 'total'>, gone: readonly string[]): void {
  const before = ids.peek()
  const kept = before.filter((id) => !gone.includes(id))
  const counted = total.peek()
  ids.value = kept
  if (counted?.exact) total.value = { ...counted, count: counted.count - (before.length - kept.length) }
}
