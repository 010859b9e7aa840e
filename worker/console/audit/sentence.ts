import type { AuditEntry } from '../../../sdk/wire/index.ts'
import { plural } from '../controls/total.ts'

/** What ids in the log are called today. */
export interface Names {
  /** By id: members, keys. */
  of: (type: string, id: string) => string | undefined
}

/** What somebody did, as a sentence without its subject: `changed the role of`, `Bo`, ``. */
export interface Sentence {
  did: string
  /** What it was done to, which may be a link. */
  thing: string
  after: string
}

type Write = (entry: AuditEntry, name: string | null) => Sentence

const say = (did: string, thing = '', after = ''): Sentence => ({ did, thing, after })

/** `made the key “Nightly export”`; where nobody knows its name any more, `made a key`. */
const named =
  (did: string, noun: string, indefinite = `a ${noun}`): Write =>
  (_entry, name) =>
    name === null ? say(did, indefinite) : say(`${did} the ${noun}`, `“${name}”`)

const item =
  (did: string, after = ''): Write =>
  ({ target, summary }) =>
    say(did, target === null ? (summary ?? 'items') : 'an item', after)

const isSelf = ({ actor, target }: AuditEntry): boolean => actor.type === 'member' && actor.id === target?.id

const methods: Record<string, string> = { passkey: 'with a passkey', link: 'with a sign-in link' }
const countOf = (fields: AuditEntry['after'], name: string): number => Number(fields?.[name] ?? 0)

const byAge = (fields: AuditEntry['after']): string => `after ${plural(countOf(fields, 'days'), 'day')}, as is set here`

const sentences: Record<string, Write> = {
  'feedback.create': item('entered'),
  'feedback.triage': item('triaged'),
  'feedback.delete': item('deleted'),
  'feedback.merge': ({ after }) =>
    after?.['into'] === null ? say('took', 'an item', 'out of a merge') : say('merged', 'an item', 'into another'),
  'feedback.redact': item('blacked out parts of'),
  'feedback.import': ({ after }) => say(`imported ${plural(countOf(after, 'stored'), 'item')}`),
  'note.create': item('wrote a note on'),
  'note.delete': item('deleted a note on'),
  'person.update': () => say('changed what is known of', 'a person'),
  'person.erase': () => say('erased', 'a person'),
  'account.update': (_entry, name) => say('changed the account', name ?? ''),
  'survey.create': named('made', 'survey'),
  'survey.update': named('changed', 'survey'),
  'survey.delete': named('deleted', 'survey'),
  'view.create': named('saved', 'view', 'a private view'),
  'view.update': named('changed', 'view', 'a private view'),
  'view.delete': named('deleted', 'view', 'a private view'),
  'project.create': () => say('made', 'the project'),
  'project.rotate': () => say('replaced', 'the signing secret'),
  'project.update': () => say('changed', 'the settings'),
  'project.restore': () => say('restored a backup into', 'the project'),
  'key.create': named('made', 'key'),
  'key.update': named('changed', 'key'),
  'key.rotate': named('replaced', 'key'),
  'key.revoke': named('revoked', 'key'),
  'member.create': (_entry, name) => say('added', name ?? 'a member'),
  'member.update': (entry, name) =>
    isSelf(entry) ? say('changed their own role') : say('changed the role of', name ?? 'a member'),
  'member.remove': (entry, name) =>
    isSelf(entry) ? say('left the project') : say('took', name ?? 'a member', 'out of the project'),
  'invitation.create': () => say('invited somebody'),
  'invitation.accept': () => say('accepted an invitation'),
  'invitation.revoke': () => say('revoked an invitation'),
  'sign-in-link.create': (entry, name) =>
    isSelf(entry) ? say('made a sign-in link for themselves') : say('made a sign-in link for', name ?? 'a member'),
  'session.create': ({ after }) => say('signed in', '', methods[String(after?.['method'])] ?? ''),
  'session.end': (entry, name) => {
    if (entry.target?.type !== 'member') return say('signed out one of their own browsers')
    const where = entry.summary?.toLowerCase() ?? 'everywhere'
    return isSelf(entry) ? say(`signed out ${where}`) : say('signed', name ?? 'a member', `out ${where}`)
  },
  'passkey.create': named('added', 'passkey'),
  'passkey.update': named('changed', 'passkey'),
  'passkey.delete': named('removed', 'passkey'),
  'webhook.create': named('made', 'webhook'),
  'webhook.update': named('changed', 'webhook'),
  'webhook.rotate': named('replaced the secret of', 'webhook'),
  'webhook.delete': named('deleted', 'webhook'),
  'webhook.test': named('sent a test to', 'webhook'),
  'delivery.send': ({ target, summary }) =>
    target?.type === 'webhook' ? say(`sent ${summary ?? 'messages'} again`) : say('sent a message again'),
  'retention.delete': ({ after }) => say(`deleted ${plural(countOf(after, 'count'), 'item')}`, '', byAge(after)),
  'retention.reduce': ({ after }) =>
    say(`took the words from ${plural(countOf(after, 'count'), 'item')}`, '', byAge(after)),
  'retention.forget': ({ after }) => {
    const count = countOf(after, 'count')
    return say(`forgot ${count === 1 ? '1 person' : `${count.toLocaleString()} people`} of whom nothing is left`)
  },
}

/** What the sentence says already, and need not be said again below it. */
const told = new Set(['feedback.triage', 'delivery.send', 'session.end'])

/** What an entry says was done. What a later version knows is said by its own name. */
export function tell(entry: AuditEntry, names: Names): Sentence {
  const write = Object.hasOwn(sentences, entry.action) ? sentences[entry.action] : undefined
  return write?.(entry, nameOf(entry, names)) ?? say(entry.action, entry.target?.id ?? '')
}

/** The words of the entry itself, where the sentence has not said them. */
export function summaryOf({ action, summary }: AuditEntry): string | null {
  if (summary === null || told.has(action)) return null
  return summary.charAt(0).toUpperCase() + summary.slice(1)
}

/** What the thing was called then; else what it is called now; else null. */
function nameOf({ target, before, after }: AuditEntry, names: Names): string | null {
  if (target === null) return null
  const then = [after?.['name'], before?.['name']].find((name) => typeof name === 'string')
  if (typeof then === 'string') return then
  // People who run the project choose the ids of these.
  const isReadable = target.type === 'survey' || target.type === 'account'
  return names.of(target.type, target.id) ?? (isReadable ? target.id : null)
}

/** Who did it, as a person says it. */
export function nameOfActor({ type, id, name }: AuditEntry['actor']): string {
  if (type === 'operator') return 'The operator'
  if (type === 'system') return 'Earshot'
  if (type === 'key') return `The key “${name ?? id ?? ''}”`
  return name ?? 'A member'
}
