import { Lock, X } from 'lucide'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { limits, type Feedback, type TeamNote } from '../../../sdk/wire/index.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { Keycap } from '../controls/keycap.tsx'
import { Time } from '../controls/time.tsx'
import { Marked } from '../inbox/marked.tsx'
import { AssigneeMark } from '../triage/assignee.tsx'
import { nameOf } from '../triage/members.ts'
import { drafts, removeNote, sendNote, setDraft } from '../triage/notes.ts'

/** What the team noted, and where it notes more. Nobody outside ever sees it. */
export function TeamNotes({ item }: { item: Feedback }) {
  const notes = item.teamNotes ?? []
  if (notes.length === 0 && !mayEdit.value) return null
  return (
    <section class="team-notes" aria-label="Notes of the team">
      {notes.length > 0 && <h3 class="part-title">Notes of the team</h3>}
      <ol>
        {notes.map((note) => (
          <Note key={note.id} note={note} onRemove={mayEdit.value ? () => removeNote(item.id, note) : undefined} />
        ))}
      </ol>
      {mayEdit.value && <Composer key={item.id} id={item.id} />}
    </section>
  )
}

function Note({ note, onRemove }: { note: TeamNote; onRemove: (() => void) | undefined }) {
  return (
    <li class="team-note">
      <AssigneeMark of={note.author} />
      <div class="team-note-head">
        <bdi class="team-note-author">{nameOf(note.author)}</bdi>
        <Time at={note.createdAt} />
        <span class="spring" />
        {onRemove && <Button icon={X} label="Delete the note" class="small team-note-remove" onClick={onRemove} />}
      </div>
      <p class="team-note-text" dir="auto">
        <Marked text={note.text} />
      </p>
    </li>
  )
}

function Composer({ id }: { id: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = drafts.value.get(id) ?? ''
  const over = draft.length - limits.teamNoteMaxChars
  // As high as what stands in it.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  }, [draft])
  const send = () => {
    if (over <= 0) void sendNote(id)
  }
  return (
    <div class={draft === '' ? 'composer' : 'composer writing'}>
      <textarea
        ref={field}
        id="team-note"
        class="input"
        rows={1}
        dir="auto"
        aria-label="Note for the team"
        placeholder="Write a note for the team"
        value={draft}
        onInput={(event) => setDraft(id, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.currentTarget.blur()
            event.preventDefault()
          }
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          send()
        }}
      />
      <div class="composer-foot">
        <Icon of={Lock} size={12} />
        <span>Only your team sees this</span>
        <span class="spring" />
        <span role="status">
          {over > 0 && <span class="field-error">{over.toLocaleString()} characters too long</span>}
        </span>
        {over <= 0 && <Keycap of="Mod+Enter" />}
        <Button look="primary" disabled={draft.trim() === '' || over > 0} onClick={send}>
          Add note
        </Button>
      </div>
    </div>
  )
}
