import { signal } from '@preact/signals'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { mergeFeedback } from '../collector/team.ts'
import { notify } from '../controls/notices.ts'
import { plural } from '../controls/total.ts'
import { items, remember, triaged, undone } from './workspace.ts'

/** Rises with every merge that went through: lists of what was merged follow. */
export const merges = signal(0)

/** Where each item is to be merged; null takes it out. */
type Wanted = ReadonlyMap<string, string | null>

/** Merges items into another one. */
export function mergeInto(ids: readonly string[], target: Feedback): Promise<void> {
  const wanted = new Map(ids.filter((id) => id !== target.id).map((id) => [id, target.id]))
  const what = wanted.size === 1 ? 'it' : plural(wanted.size, 'item')
  return run(wanted, `Merged ${what} into ${target.reference}`)
}

/** Takes an item out of what it was merged into. */
export function unmerge({ id, reference }: Feedback): Promise<void> {
  return run(new Map([[id, null]]), `Took ${reference} out again`)
}

async function run(wanted: Wanted, title: string): Promise<void> {
  const before = new Map([...wanted.keys()].map((id) => [id, items.get(id)?.peek().mergedInto ?? null]))
  const { done, failed, failure } = await send(wanted)
  if (done.length > 0) {
    const back = new Map(done.map((id) => [id, before.get(id) ?? null]))
    remember(title, () => takeBack(back, title))
  }
  if (failure === null) return
  const { what, next } = explain(failure)
  const which = failed.length === 1 ? '1 item' : plural(failed.length, 'item')
  const again = new Map(failed.map((id) => [id, wanted.get(id) ?? null]))
  notify({
    tone: 'bad',
    text: `Not merged: ${which}. ${what} ${next}`,
    action: { label: 'Try again', run: () => void run(again, title) },
  })
}

async function takeBack(back: Wanted, title: string): Promise<void> {
  const { failed, failure } = await send(back)
  const rest = new Map(failed.map((id) => [id, back.get(id) ?? null]))
  undone(title, failure === null ? { ok: true, value: null } : { ok: false, failure }, () => takeBack(rest, title))
}

interface Sent {
  done: string[]
  failed: string[]
  /** The first reason. */
  failure: Failure | null
}

async function send(wanted: Wanted): Promise<Sent> {
  const sent: Sent = { done: [], failed: [], failure: null }
  await Promise.all(
    [...wanted].map(async ([id, into]) => {
      const answer = await items.meanwhile(id, { mergedInto: into }, () => mergeFeedback(id, into))
      if (answer.ok) sent.done.push(id)
      else {
        sent.failed.push(id)
        sent.failure ??= answer.failure
      }
    }),
  )
  if (sent.done.length > 0) {
    merges.value += 1
    triaged.value += 1
  }
  return sent
}
