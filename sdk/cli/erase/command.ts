import type { Client, PersonId } from '../../server/index.ts'
import type { Erasure, PersonRecord, PersonView } from '../../wire/index.ts'
import { collectorFrom, valueOf } from '../collector.ts'
import { printable } from '../columns.ts'
import { makeCommand } from '../command.ts'
import { confirm } from '../confirm.ts'
import { Failure, exitCodes } from '../failure.ts'
import { count, progressOn, say } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { eraseHelp } from '../usage.ts'

const options = {
  id: { type: 'string' },
  email: { type: 'string' },
  anonymous: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
} as const

/** `earshot erase`: says first who is meant and how much that is. */
export const eraseCommand = makeCommand('erase', eraseHelp, options, async ({ values, positionals }, terminal) => {
  const who = whoIn(values, positionals)
  const collector = collectorFrom(values, terminal)
  const dryRun = values['dry-run'] === true
  if (!dryRun) await needAdmin(collector)
  const view = await look(collector, who)
  describe(view, terminal)
  const answer = (erased: Erasure | null) => {
    if (!values.json) return
    const { people, total } = view
    terminal.stdout.write(`${JSON.stringify({ people, items: total, dryRun, erased })}\n`)
  }
  if (dryRun) {
    terminal.stderr.write('Nothing was erased: this was a dry run.\n')
    answer(null)
    return exitCodes.good
  }
  if (values.yes !== true && !(await confirm('All of it goes for good.', terminal))) {
    throw new Failure('wrongUse', 'Nothing was erased.')
  }
  const erased = await erase(collector, who, view, terminal)
  terminal.stderr.write(
    `${count(erased.items, 'item')} and ${personsOf(erased.people)} erased; what still waits in a browser is refused when it comes\n`,
  )
  answer(erased)
  return exitCodes.good
})

function whoIn(
  { id, email, anonymous }: { id?: string | undefined; email?: string | undefined; anonymous?: string | undefined },
  [uuid, ...more]: string[],
): PersonId {
  const given = [uuid, id, email, anonymous].filter((value) => value !== undefined)
  if (given.length !== 1 || more.length > 0 || given[0]?.trim() === '') {
    throw new Failure('wrongUse', 'Say who, in one way: a person’s UUID, --id, --email or --anonymous.')
  }
  if (id !== undefined) return { externalId: id }
  if (email !== undefined) return { email }
  if (anonymous !== undefined) return { anonymousId: anonymous }
  if (uuid === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
    throw new Failure('wrongUse', `"${uuid}" is no person’s UUID. For an id of your own system: --id ${uuid}`)
  }
  return uuid.toLowerCase()
}

/** Before anybody is asked anything: a key that may only look cannot erase. */
async function needAdmin(collector: Client): Promise<void> {
  const { scopes } = valueOf(await collector.access())
  if (scopes.includes('admin')) return
  throw new Failure(
    'unreachable',
    `The key may not do this. Erasing needs the scope 'admin'; it has ${scopes.join(', ')}.`,
  )
}

/** Of somebody who is not known yet, something may still wait in a browser; so they can be erased all the same. */
async function look(collector: Client, who: PersonId): Promise<PersonView> {
  const found = await collector.people.get(who, { limit: 1 })
  const isUnknown = !found.ok && found.problem.code === 'not-found'
  return isUnknown
    ? { people: [], items: [], next: null, total: { count: 0, exact: true }, history: [], deliveries: [] }
    : valueOf(found)
}

function describe({ people, items, total }: PersonView, terminal: Terminal): void {
  for (const person of people) say(terminal, printable(nameOf(person)))
  if (people.length + total.count === 0) {
    terminal.stderr.write('Nothing is known by that\n')
    return
  }
  if (people.length === 0) terminal.stderr.write('No person with an id, but items that name it\n')
  const latest = items[0] === undefined ? '' : `, the latest of ${items[0].createdAt.slice(0, 10)}`
  const number = total.exact ? count(total.count, 'item') : `at least ${count(total.count, 'item')}`
  terminal.stderr.write(`${number}${latest}\n`)
}

function nameOf({ name, externalId, email, verified }: PersonRecord): string {
  const known = [name ?? externalId, name === undefined ? undefined : externalId, email].filter(Boolean).join(', ')
  return `${known} (${verified ? 'verified' : 'not verified'})`
}

async function erase(collector: Client, who: PersonId, { total }: PersonView, terminal: Terminal): Promise<Erasure> {
  const progress = progressOn(terminal, 'items')
  progress.start(total.count)
  let before = 0
  try {
    return valueOf(
      await collector.people.erase(who, {
        progress({ items }) {
          progress.advance(items - before)
          before = items
        },
      }),
    )
  } finally {
    progress.stop()
  }
}

const personsOf = (number: number): string => (number === 1 ? '1 person' : `${count(number)} persons`)
