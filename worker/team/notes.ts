import type { NewTeamNote, TeamNote } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { serverLimits } from '../limits.ts'

/** The notes with one more; the same where its id stands there already, so that a repeat adds nothing. */
export function withNote(
  notes: readonly TeamNote[],
  { id = crypto.randomUUID(), text }: NewTeamNote,
  by: { author: string; now: number },
): Outcome<readonly TeamNote[]> {
  if (notes.some((note) => note.id === id.toLowerCase())) return done(notes)
  if (notes.length >= limits.teamNotesMax) {
    return failed('invalid', `An item takes ${limits.teamNotesMax} notes. Delete one that is not needed any more.`, {
      issues: [{ path: 'text', reason: 'too many notes' }],
    })
  }
  const storable = text.toWellFormed().replaceAll('\u0000', '\uFFFD')
  const note = { id: id.toLowerCase(), text: storable, author: by.author, createdAt: new Date(by.now).toISOString() }
  const next = [...notes, note]
  if (new TextEncoder().encode(JSON.stringify(next)).length > serverLimits.teamNotesMaxBytes) {
    const most = Math.floor(serverLimits.teamNotesMaxBytes / 1000)
    return failed(
      'invalid',
      `All notes on one item together take ${most} kB. Make this one shorter, or delete another.`,
      {
        issues: [{ path: 'text', reason: 'too long beside the others' }],
      },
    )
  }
  return done(next)
}
