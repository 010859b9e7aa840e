import { signal } from '@preact/signals'
import type { TeamNote } from '../../../sdk/wire/index.ts'
import { ask } from '../actions/overlay.ts'
import { explain } from '../collector/answer.ts'
import { addNote, deleteNote } from '../collector/team.ts'
import { notify } from '../controls/notices.ts'
import { me, nameOf } from './members.ts'
import { items, remember, undone } from './workspace.ts'

const kept = 'earshot.notes'

/** What was typed and not sent, by item: it outlasts a look at another item, and a reload. */
export const drafts = signal<ReadonlyMap<string, string>>(readDrafts())

function readDrafts(): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(sessionStorage.getItem(kept) ?? '{}') as Record<string, string>))
  } catch {
    // Storage is denied, or holds something else: drafts last as long as the page.
    return new Map()
  }
}

export function setDraft(id: string, text: string): void {
  const next = new Map(drafts.peek())
  if (text === '') next.delete(id)
  else next.set(id, text)
  drafts.value = next
  try {
    sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(next)))
  } catch {
    // Denied or full: the draft lasts as long as the page.
  }
}

/** Sends the draft of an item; what does not get through becomes the draft again. */
export async function sendNote(id: string): Promise<void> {
  const text = (drafts.peek().get(id) ?? '').trim()
  if (text === '') return
  setDraft(id, '')
  // Made here, so that a second attempt of one that did get through adds nothing.
  const note = { id: crypto.randomUUID(), text, author: me.peek() ?? '', createdAt: new Date().toISOString() }
  if (await put(id, note)) {
    remember('Added a note', () => take(id, note))
  } else {
    const later = drafts.peek().get(id)
    setDraft(id, later ? `${text}\n\n${later}` : text)
  }
}

async function put(id: string, note: TeamNote): Promise<boolean> {
  const answer = await items.meanwhile(id, { addNote: note }, () => addNote(id, { id: note.id, text: note.text }))
  if (answer.ok) return true
  const { what, next } = explain(answer.failure)
  notify({ tone: 'bad', text: `The note was not added. ${what} ${next}` })
  return false
}

async function take(id: string, note: TeamNote): Promise<void> {
  const answer = await items.meanwhile(id, { removeNote: note.id }, () => deleteNote(id, note.id))
  undone('Added a note', answer, () => take(id, note))
}

/** Deletes a note: one's own at once, with a way back; somebody else's only when told so, because theirs cannot be made again. */
export function removeNote(id: string, note: TeamNote): void {
  if (note.author === me.peek()) return void remove(id, note)
  ask({
    title: 'Delete this note',
    text: `${nameOf(note.author)} wrote it. It is gone for good.`,
    button: 'Delete the note',
    run: () => void remove(id, note),
  })
}

async function remove(id: string, note: TeamNote): Promise<void> {
  const answer = await items.meanwhile(id, { removeNote: note.id }, () => deleteNote(id, note.id))
  if (!answer.ok) {
    const { what, next } = explain(answer.failure)
    const again = { label: 'Try again', run: () => void remove(id, note) }
    return notify({ tone: 'bad', text: `The note was not deleted. ${what} ${next}`, action: again })
  }
  if (note.author !== me.peek()) return notify({ tone: 'plain', text: 'Deleted the note' })
  const title = 'Deleted the note'
  const back = async (): Promise<void> => {
    const put = { ...note, createdAt: new Date().toISOString() }
    undone(
      title,
      await items.meanwhile(id, { addNote: put }, () => addNote(id, { id: note.id, text: note.text })),
      back,
    )
  }
  remember(title, back)
}
