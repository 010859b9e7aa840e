import type { Note, Person, Submission } from '../../sdk/wire/index.ts'
import { readClaims, type Verdict } from '../access/verify-identity.ts'
import { keepAll } from './keep.ts'
import { joinPath, sanitise } from './sanitise.ts'
import { personSchema } from './schema.ts'

/** Who speaks, and whether anything proves it. */
export interface Speaker {
  person: Person | undefined
  verified: boolean
  /** What was left out, and why nothing is proven where a token came. */
  notes: Note[]
}

/** What a submission says of who speaks. */
type Said = Pick<Submission, 'token' | 'person'>

/**
 * Says who speaks. A good token is the whole truth: what only the page said is left out. A bad one costs nothing but the
 * proof: the person is who the page said, or who the token says where the page said nothing.
 */
export async function prove({ token, person }: Said, verify: (token: string) => Promise<Verdict>): Promise<Speaker> {
  if (token === undefined) return { person, verified: false, notes: [] }
  const verdict = await verify(token)
  if (!verdict.ok) {
    const notes: Note[] = [{ path: 'token', code: 'unverified', detail: verdict.why }]
    return { person: person ?? claimedPerson(token, notes), verified: false, notes }
  }
  const notes: Note[] = []
  const proven = { ...personOf(verdict.claims, verdict.subject, notes), id: verdict.subject }
  const unproven = person === undefined ? [] : differences(person, proven)
  if (unproven.length > 0) {
    const detail = `Left out, because the token does not say the same: ${unproven.join(', ')}.`
    notes.push({ path: 'person', code: 'ignored', detail })
  }
  return { person: proven, verified: true, notes }
}

/** The same for what pages send: revenue that nothing proves is left out. */
export async function identify(said: Said, verify: (token: string) => Promise<Verdict>): Promise<Speaker> {
  const speaker = await prove(said, verify)
  const { person, verified, notes } = speaker
  if (verified || person?.account?.revenue === undefined) return speaker
  const { revenue: _, ...account } = person.account
  const path = `${said.person === undefined ? 'token' : 'person'}.account.revenue`
  const detail = 'Left out: revenue counts only where a signed token says it.'
  return { person: { ...person, account }, verified, notes: [...notes, { path, code: 'unverified', detail }] }
}

/** Whether a note says something of who speaks, so that a later proof makes it untrue. */
export const isOfSpeaker = ({ path, code }: Note): boolean =>
  code === 'unverified' || path === 'token' || path.startsWith('token.') || (path === 'person' && code === 'ignored')

/** What the claims say of a person, as far as it can be stored. */
function personOf(claims: Record<string, unknown>, id: string | undefined, notes: Note[]): Person {
  const { iss: _iss, sub: _sub, aud: _aud, exp: _exp, nbf: _nbf, iat: _iat, jti: _jti, ...said } = claims
  const found: Note[] = []
  const clean = sanitise(said, found) as Record<string, unknown>
  const person = keepAll(personSchema, { ...clean, id }, found) as Person
  notes.push(...found.map((note) => ({ ...note, path: `token.${note.path}` })))
  return person
}

/** Who a token names that proves nothing; undefined where it names nobody. */
function claimedPerson(token: string, notes: Note[]): Person | undefined {
  const claims = readClaims(token)
  if (claims === null) return undefined
  const found: Note[] = []
  const { id, ...rest } = personOf(claims, typeof claims.sub === 'string' ? claims.sub : undefined, found)
  // That it holds more than we know is no news beside its being no good.
  notes.push(...found.filter(({ code }) => code !== 'ignored'))
  const person = id === undefined ? rest : { id, ...rest }
  return Object.keys(person).length > 0 ? person : undefined
}

/** The paths of what the page said and the token does not say the same. */
function differences(said: object, proven: object, path = ''): string[] {
  const known = proven as Record<string, unknown>
  return Object.entries(said).flatMap(([name, value]) => {
    const at = joinPath(path, name)
    const other = known[name]
    if (isObject(value) && isObject(other)) return differences(value, other, at)
    return value === other ? [] : [at]
  })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
