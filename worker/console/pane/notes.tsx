import { EyeOff, Info } from 'lucide'
import type { Note } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'

/** What was left out or replaced when it came in, and what was blacked out since, so that nobody wonders where it went. */
export function IntakeNotes({ notes }: { notes: Note[] }) {
  const before = notes.filter(({ code }) => code !== 'redacted')
  const since = notes.filter(({ code }) => code === 'redacted')
  return (
    <>
      {before.length > 0 && (
        <section aria-label="Left out on the way in">
          <h3 class="part-title">Left out or replaced on the way in</h3>
          <ul class="intake-notes">
            {before.map((note) => (
              <li key={`${note.path} ${note.code}`}>
                <Icon of={Info} size={14} />
                <span>
                  <code>{note.path}</code> {note.detail}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {since.length > 0 && (
        <section aria-label="Blacked out">
          <h3 class="part-title">Blacked out by the team</h3>
          <ul class="intake-notes">
            <li>
              <Icon of={EyeOff} size={14} />
              <span>
                Something in: {since.map(({ path }) => partNames.get(path) ?? path.replace('.', ' ')).join(', ')}
              </span>
            </li>
          </ul>
        </section>
      )}
    </>
  )
}

const partNames: ReadonlyMap<string, string> = new Map([
  ['message', 'what was said'],
  ['email', 'the e-mail address to answer'],
  ['person.id', 'the person’s id'],
  ['person.name', 'the person’s name'],
  ['person.email', 'the person’s e-mail address'],
  ['person.account.id', 'the account'],
  ['person.account.name', 'the account’s name'],
  ['page.url', 'the page’s address'],
  ['page.title', 'the page’s title'],
  ['teamNotes', 'notes of the team'],
  ['crumbs', 'what happened just before'],
])
