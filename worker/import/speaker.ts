import type { Submission } from '../../sdk/wire/index.ts'
import type { Verdict } from '../access/verify-identity.ts'
import { prove, type Speaker } from '../intake/identity.ts'
import type { ImportItem } from './schema.ts'

/** Verifies a token as of the time when it was used, in epoch ms. */
export type ProveLine = (token: string, usedAt: number) => Promise<Verdict>

/**
 * Who speaks in a line. An import is trusted by its key, so a line that says `verified` is taken at its word, as our own
 * exports say it. The token of a submission that was kept elsewhere is judged by when it was sent, not by now.
 */
export async function speakerOf(
  { token, sentAt, createdAt }: Pick<Submission, 'token' | 'sentAt' | 'createdAt'>,
  given: ImportItem['person'],
  context: { now: number; prove: ProveLine },
): Promise<Speaker> {
  const { verified = false, ...person } = given ?? {}
  const said = given === undefined ? undefined : person
  if (token !== undefined && !verified) {
    const usedAt = Math.min(Date.parse(sentAt ?? createdAt ?? '') || context.now, context.now)
    return prove({ token, person: said }, (text) => context.prove(text, usedAt))
  }
  const detail = 'The line itself says who this is, and that it is verified.'
  return { person: said, verified, notes: token === undefined ? [] : [{ path: 'token', code: 'ignored', detail }] }
}
