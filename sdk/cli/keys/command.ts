import type { Client } from '../../server/index.ts'
import { keyTypes, scopes } from '../../wire/index.ts'
import type { Key, KeyPatch, NewKey } from '../../wire/index.ts'
import { collectorFrom, keyFrom, valueOf } from '../collector.ts'
import { printable } from '../columns.ts'
import { makeCommand } from '../command.ts'
import { Failure, exitCodes } from '../failure.ts'
import { oneOf } from '../options.ts'
import { say } from '../terminal.ts'
import { keysHelp } from '../usage.ts'
import { tableOf } from './table.ts'

const options = {
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  environment: { type: 'string' },
  expires: { type: 'string' },
  grace: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** What can be done, and what may be said of it. */
const actions = {
  list: [],
  create: ['name', 'scope', 'environment', 'expires'],
  change: ['name', 'expires'],
  rotate: ['grace'],
  revoke: [],
} as const satisfies Record<string, readonly (keyof typeof options)[]>

type Action = keyof typeof actions

/** `earshot keys`: lists them, makes one, changes one, replaces one, revokes one. */
export const keysCommand = makeCommand('keys', keysHelp, options, async ({ values, positionals }, terminal) => {
  const [word = 'list', subject, ...more] = positionals
  const action = (Object.keys(actions) as Action[]).find((action) => action === word)
  if (!action || more.length > 0 || (subject === undefined) !== (action === 'list')) {
    throw new Failure(
      'wrongUse',
      'It is "earshot keys", or "earshot keys" with create TYPE, change KEY, rotate KEY or revoke KEY.',
    )
  }
  refuseBeside(action, values)
  const wish = action === 'create' ? wishOf(subject ?? '', values) : null
  const patch = action === 'change' ? patchOf(values) : null
  const graceSeconds = readGrace(values.grace)
  const collector = collectorFrom(values, terminal)
  const { project } = valueOf(await collector.access())

  if (wish) {
    const created = valueOf(await collector.keys.create(wish))
    terminal.stdout.write(values.json ? `${JSON.stringify({ project, ...created })}\n` : `${created.key}\n`)
    if (!values.json) terminal.stderr.write(`${saidOf(wish, project.id)}\n`)
    return exitCodes.good
  }
  if (action === 'rotate' && subject === 'signing') {
    const state = valueOf(await collector.project.rotateSigning(graceSeconds === null ? {} : { graceSeconds }))
    if (values.json) terminal.stdout.write(`${JSON.stringify({ project, signing: state })}\n`)
    else terminal.stderr.write(`Receipts and links from before are good until ${state.oldExpiresAt}.\n`)
    return exitCodes.good
  }
  const keys = valueOf(await collector.keys.list())
  if (action === 'list') {
    const shown = values.json
      ? `${JSON.stringify({ project, items: keys })}\n`
      : `${printable(project.name)}, project ${project.id}\n\n${tableOf(keys)}`
    terminal.stdout.write(shown)
    return exitCodes.good
  }
  if (patch) {
    const changed = valueOf(await collector.keys.update(findKey(keys, subject ?? '').id, patch))
    if (values.json) terminal.stdout.write(`${JSON.stringify({ project, changed })}\n`)
    else say(terminal, `${changed.hint}… (${changed.name}) ${stopOf(changed)}`)
    return exitCodes.good
  }
  if (action === 'rotate') {
    const { replaced, ...made } = valueOf(
      await collector.keys.rotate(findKey(keys, subject ?? '').id, graceSeconds === null ? {} : { graceSeconds }),
    )
    terminal.stdout.write(values.json ? `${JSON.stringify({ project, ...made, replaced })}\n` : `${made.key}\n`)
    if (!values.json) terminal.stderr.write(`${saidOf(made, project.id)}\n${endOf(replaced)}\n`)
    return exitCodes.good
  }
  const revoked = await revoke(collector, findKey(keys, subject ?? ''), keyFrom(values, terminal))
  if (values.json) terminal.stdout.write(`${JSON.stringify({ project, revoked: revoked.id })}\n`)
  else say(terminal, `${revoked.hint}… (${revoked.name}) is revoked. What still uses it is refused.`)
  return exitCodes.good
})

/** An option that another action takes would be passed over in silence. */
function refuseBeside(action: Action, values: Partial<Record<keyof typeof options, unknown>>): void {
  const known: readonly string[] = ['json', ...actions[action]]
  const beside = (Object.keys(options) as (keyof typeof options)[]).find(
    (name) => values[name] !== undefined && !known.includes(name),
  )
  if (beside === undefined) return
  const words = action === 'list' ? 'earshot keys' : `earshot keys ${action}`
  throw new Failure('wrongUse', `"${words}" takes no --${beside}. See "earshot keys --help".`)
}

/** What `keys change` asks for: another name, another end, or both. */
function patchOf({ name, expires }: { name?: string | undefined; expires?: string | undefined }): KeyPatch {
  if (name === undefined && expires === undefined) {
    throw new Failure('wrongUse', 'Say what to change: --name "Nightly export", --expires 2027-01-31, or both.')
  }
  if (name?.trim() === '') throw new Failure('wrongUse', 'A key needs a name, such as "Nightly export".')
  return {
    ...(name !== undefined && { name }),
    ...(expires !== undefined && { expiresAt: expires === 'never' ? null : readEnd(expires) }),
  }
}

/** What `keys create` asks for; a secret without scopes would be good for nothing. */
function wishOf(
  word: string,
  given: {
    name?: string | undefined
    scope?: string[] | undefined
    environment?: string | undefined
    expires?: string | undefined
  },
): NewKey {
  const type = keyTypes.find((type) => type === word)
  if (!type) throw new Failure('wrongUse', `There is no type "${word}" of keys: ${keyTypes.join(', ')}.`)
  const { name, environment } = given
  if (!name?.trim()) throw new Failure('wrongUse', 'Say what the key is for: --name "Nightly export".')
  const wanted = (given.scope ?? [])
    .flatMap((text) => text.split(','))
    .flatMap((text) => oneOf('scope', text, scopes) ?? [])
  if (type !== 'secret' && wanted.length > 0) throw new Failure('wrongUse', 'Only a secret key has scopes.')
  if (type === 'secret' && wanted.length === 0) {
    throw new Failure('wrongUse', `Say what the key may do: --scope ${scopes.join(',')}, or some of them.`)
  }
  if (type !== 'publishable' && environment !== undefined) {
    throw new Failure('wrongUse', 'Only a publishable key belongs to an environment.')
  }
  const end = given.expires === undefined || given.expires === 'never' ? {} : { expiresAt: readEnd(given.expires) }
  if (type === 'secret') return { type, name, scopes: wanted, ...end }
  return type === 'identity'
    ? { type, name, ...end }
    : { type, name, ...(environment === undefined ? {} : { environment }), ...end }
}

/** When a key stops by itself: a date, which begins at midnight UTC, or an instant. */
function readEnd(text: string): string {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at))
    throw new Failure('wrongUse', `--expires is a date, such as 2027-01-31, or never, not "${text}".`)
  return new Date(at).toISOString()
}

const seconds = { m: 60, h: 3_600, d: 86_400 }

/** How long an old key goes on: `0`, `30m`, `12h`, `7d`; null where nothing is said. */
function readGrace(text: string | undefined): number | null {
  if (text === undefined) return null
  const match = /^(\d{1,5})([mhd])$/.exec(text)
  if (text !== '0' && !match) throw new Failure('wrongUse', `--grace is 0, or such as 30m, 12h or 7d, not "${text}".`)
  return match ? Number(match[1]) * seconds[match[2] as keyof typeof seconds] : 0
}

const stopOf = ({ expiresAt }: Key): string =>
  expiresAt === null ? 'does not stop by itself.' : `stops by itself at ${expiresAt}.`

const endOf = ({ hint, expiresAt }: Key): string =>
  expiresAt === null
    ? `${hint}… is revoked.`
    : `${hint}… goes on working until ${expiresAt}, then it is revoked by itself.`

function saidOf({ type }: Pick<NewKey, 'type'>, project: string): string {
  if (type === 'publishable') return 'It may stand in pages: it can only submit.'
  const once = 'This is shown once: put it where your server reads its secrets, never into a page.'
  return type === 'secret' ? once : `${once}\nTokens are signed with it for aud ${project}.`
}

/** By its id, or by the beginning that the list shows. */
function findKey(keys: readonly Key[], text: string): Key {
  const found = keys.filter(({ id, hint }) => id === text || (text.length >= hint.length && text.startsWith(hint)))
  const [key, ...others] = found.filter(({ revokedAt }) => revokedAt === null)
  if (key && others.length === 0) return key
  if (key) throw new Failure('wrongUse', 'Several keys begin so. Give the whole id, as "earshot keys --json" shows it.')
  throw new Failure(
    'wrongUse',
    found.length > 0
      ? 'That key is revoked already.'
      : 'There is no such key. "earshot keys" lists them: give an id, or how a key begins.',
  )
}

async function revoke(collector: Client, key: Key, own: string): Promise<Key> {
  if (own.startsWith(key.hint)) {
    throw new Failure('wrongUse', 'That is the key in use here. Make another one, and revoke this one with it.')
  }
  valueOf(await collector.keys.revoke(key.id))
  return key
}
