import { Info } from 'lucide'
import type { Note } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'

/** What was left out or replaced when it came in, so that nobody wonders where it went. */
export function IntakeNotes({ notes }: { notes: Note[] }) {
  return (
    <section aria-label="Left out on the way in">
      <h3 class="part-title">Left out or replaced on the way in</h3>
      <ul class="intake-notes">
        {notes.map((note) => (
          <li key={`${note.path} ${note.code}`}>
            <Icon of={Info} size={14} />
            <span>
              <code>{note.path}</code> {note.detail}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
