import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../worker/app.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { type Answered, type Contract, type Operation, readContract } from './document.ts'
import { makePrincipals, makeStrangers, type Principal } from './principals.ts'
import { canary, type Maker, makerOf } from './recipes.ts'
import { ask, fillIn, forEachAtOnce, type Plausible } from './send.ts'

// Every private route that the document has, and everybody who may come.
let raw: RawSystem
let contract: Contract
let make: Maker
let own: Operation[]
let standing: Plausible[]
let principals: Principal[]
let strangers: Principal[]
let asked = 0
const unexpected: string[] = []

beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  contract = await readContract(raw.origin)
  make = makerOf(raw)
  own = contract.operations.filter(({ scope }) => scope !== undefined && scope !== 'operator')
  principals = await makePrincipals(raw)
  strangers = await makeStrangers(raw, await raw.another('Other'))
  standing = []
  for (const operation of own) standing.push(await fillIn(operation, make))
})
afterAll(async () => {
  const counts = `${own.length} routes × ${principals.length + strangers.length} principals`
  const result = unexpected.length === 0 ? 'all as expected' : `${unexpected.length} unexpected`
  console.info(`Access matrix: ${counts}, ${asked} requests, ${result}`)
  await raw.stop()
})

function hasRights({ operation, filled }: Plausible, { scopes, isMember }: Principal): boolean {
  const { scope = '' } = operation
  if (scopes === null || (filled.scope !== undefined && !scopes.includes(filled.scope))) return false
  return scope === 'session' ? isMember === true : scope === 'any' || scopes.includes(scope)
}

const count = (answer: Promise<Answered>) => {
  asked++
  return answer
}

/** Everything that stands in a project, and who may come to it. What is derived, visits and uses of keys are bookkeeping. */
async function photograph(): Promise<string> {
  const tables = (await raw.rowsOf(
    `SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'project'
    WHERE m.type = 'table' AND m.sql NOT LIKE '%VIRTUAL%' AND m.name NOT IN ('visit', 'rollup', 'name', 'answer')`,
  )) as { name: string }[]
  const rows = []
  for (const { name } of tables) {
    const found = await raw.rowsOf(`SELECT * FROM ${name} WHERE project = '${raw.project}'`)
    rows.push([name, found.map((row) => ({ ...row, last_used_at: null }))])
  }
  rows.push(['project', await raw.rowsOf(`SELECT * FROM project WHERE id = '${raw.project}'`)])
  return JSON.stringify(rows, null, 1)
}

const report = ({ operation }: Plausible, { name }: Principal, { status, body }: Answered) =>
  `${operation.method} ${operation.path} as ${name}: ${status} ${body.slice(0, 160)}`

/** What an answered request must have left in the audit log. */
interface Left {
  operation: Operation
  who: Principal
}

/** What is wrong with what the log has of requests, by their ids. */
async function judgeLog(left: ReadonlyMap<string, Left>): Promise<string[]> {
  // What concerns several projects stands in the log of each.
  const rows = await raw.rowsOf('SELECT * FROM audit GROUP BY id')
  return [...left].flatMap(([id, { operation, who }]) => {
    const found = rows.filter(({ request }) => request === id)
    const [row] = found
    const actor = `${String(row?.['actor_type'])} ${String(row?.['actor'])}`
    const isTheirs = who.isMember === true ? actor === `member ${who.name}` : actor.startsWith('key sec_')
    const isGood = found.length === 1 && row?.['action'] === operation.action && isTheirs
    const isSafe = !/sec_\w{20}|said/.test(JSON.stringify(row ?? ''))
    return isGood && isSafe ? [] : [`${operation.id} as ${who.name} left ${JSON.stringify(found)}`]
  })
}

describe('the document', () => {
  it('has every route that is mounted, but pages and what is for machines', () => {
    const unwritten = [
      'GET /healthz',
      'GET /openapi.json',
      'GET /console/sign-in',
      'GET /console/sign-in.css',
      'POST /console/sign-in',
      'GET /console/invitation',
      'POST /console/invitation',
    ]
    const mounted = app.routes
      .filter(({ method, path }) => !['ALL', 'OPTIONS'].includes(method) && !path.includes('*'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const written = contract.operations.map(({ method, path }) => `${method} ${path}`)
    expect([...new Set(mounted)].filter((route) => !unwritten.includes(route)).toSorted()).toEqual(written.toSorted())
  })

  it('says of every route what it needs, or that it is open', () => {
    const silent = contract.operations.filter(
      ({ scope, tags, security }) => scope === undefined && !tags?.includes('Public') && security?.length !== 0,
    )
    expect(silent.map(({ id }) => id)).toEqual([])
    const known = ['read', 'write', 'export', 'admin', 'any', 'session', 'operator']
    expect(own.filter(({ scope }) => !known.includes(scope ?? ''))).toEqual([])
    expect(own.length).toBeGreaterThan(45)
  })

  it('says of every private route that changes something what the audit log calls it', () => {
    const changesNothing = {
      recordVisit: 'a member’s own bookkeeping',
      listWanted: 'a question too long for an address',
      getPasskeyOptions: 'a question that is new each time',
    }
    const silent = own.filter(({ method, action }) => method !== 'GET' && action === undefined).map(({ id }) => id)
    expect(silent.toSorted()).toEqual(
      Object.keys(changesNothing)
        .filter((id) => silent.includes(id))
        .toSorted(),
    )
    expect(own.filter(({ method, action }) => method === 'GET' && action !== undefined)).toEqual([])
  })
})

describe('a private route', () => {
  it('refuses whoever has no right, with 401 or 403, and changes nothing', async () => {
    const before = await photograph()
    const wrong: string[] = []
    const pairs = standing.flatMap((request) =>
      principals.filter((who) => !hasRights(request, who)).map((who) => ({ request, who })),
    )
    await forEachAtOnce(pairs, 8, async ({ request, who }) => {
      const answer = await count(ask(raw.origin, request, who.headers))
      const isRefused = answer.status === 401 || answer.status === 403
      const problem = contract.judge(request.operation, answer)
      if (!isRefused || problem !== null) wrong.push(`${report(request, who, answer)} ${problem ?? ''}`)
    })
    unexpected.push(...wrong)
    expect(wrong).toEqual([])
    expect(await photograph()).toBe(before)
  }, 120_000)

  it('has nothing of another project: 404 for what stands in an address, not a word of it, and unchanged', async () => {
    const before = await photograph()
    const wrong: string[] = []
    // These ids are the customer's own and mean something in each project.
    const named = ['putAccount', 'listAccountPeople']
    const pairs = standing.flatMap((request) => strangers.map((who) => ({ request, who })))
    await forEachAtOnce(pairs, 8, async ({ request, who }) => {
      const { scope, id } = request.operation
      const said = await count(ask(raw.origin, request, who.headers, { project: raw.project }))
      // What is a member's own has no project, and is refused to keys.
      const isOwnThing = scope === 'session'
      if (said.status !== 404 && !isOwnThing) wrong.push(report(request, who, said))
      const answer = await count(ask(raw.origin, request, who.headers, who.query))
      const isNamed = request.filled.params !== undefined && !named.includes(id)
      const isRefused = answer.status === 404 || (isOwnThing && who.isMember !== true && answer.status === 401)
      if (isNamed && !isRefused) wrong.push(report(request, who, answer))
      const leaks = [said, answer].some(({ body }) => body.includes(canary))
      if (leaks) wrong.push(`${report(request, who, answer)} gives away what others said`)
    })
    unexpected.push(...wrong)
    expect(wrong).toEqual([])
    expect(await photograph()).toBe(before)
  }, 120_000)

  it('lets in whoever has the right, does what it is for, and writes down what was changed', async () => {
    const wrong: string[] = []
    const left = new Map<string, Left>()
    const askAll = async ({ operation, filled }: Plausible) => {
      for (const who of principals.filter((one) => hasRights({ operation, filled }, one))) {
        const request = await fillIn(operation, makerOf(raw, who.name))
        const answer = await count(ask(raw.origin, request, who.headers, who.query))
        const { answers, unaudited } = request.filled
        const isGood = answers === undefined ? answer.status < 300 : answer.status === answers
        const problem = contract.judge(operation, answer)
        if (!isGood || problem !== null) wrong.push(`${report(request, who, answer)} ${problem ?? ''}`)
        const isWritten = operation.action !== undefined && unaudited !== true
        if (isWritten) left.set(answer.headers.get('x-request-id') ?? '', { operation, who })
      }
    }
    const isAlone = ({ filled }: Plausible) => filled.alone === true
    await forEachAtOnce(
      standing.filter((one) => !isAlone(one)),
      4,
      askAll,
    )
    await forEachAtOnce(standing.filter(isAlone), 1, askAll)
    wrong.push(...(await judgeLog(left)))
    expect(left.size).toBeGreaterThan(100)
    unexpected.push(...wrong)
    expect(wrong).toEqual([])
  }, 120_000)
})
