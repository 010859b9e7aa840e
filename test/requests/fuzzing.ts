import * as fc from 'fast-check'
import { serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { type Contract, type Operation, readContract } from './document.ts'
import { type Askers, madeUp, type MadeUp, send, type Standing } from './fuzz.ts'
import { addKey, addMember } from './principals.ts'
import { type Filled, makerOf } from './recipes.ts'
import { fillIn } from './send.ts'

/** What a round of made-up requests came to. */
export interface Findings {
  seed: number
  requests: number
  byStatus: Record<string, number>
  operations: number
  /** Each answer that must not be, with the request that got it, made as small as can be. */
  wrong: string[]
  /** Operations that did at least once what they are for. */
  reached: Set<string>
}

/** A line of what came of it, for whoever reads the run. */
export const summary = ({ requests, operations, reached, seed, byStatus, wrong }: Findings): string =>
  `Made-up requests: ${requests} of ${operations} operations, ${reached.size} of which succeeded; ${wrong.length} wrong; seed ${seed}; by status ${JSON.stringify(byStatus)}`

/** Not asked: they end what the others need, or are asked by nobody but a test of their own. */
const left = ['deleteSession', 'setUp', 'createOperatorSignInLink']

const view = ({ operation, path, query, headers, body, who }: MadeUp) =>
  JSON.stringify({ ask: `${operation.method} ${path}`, query, headers, body: body?.slice(0, 300), who })

/**
 * Makes up requests from the document of a collector of its own and sends them, `count` in all. An answer is wrong where
 * it is a fault, or something else than the document says.
 */
export async function fuzz(count: number, seed: number): Promise<Findings> {
  const raw = await serveRaw({ quiet: true })
  try {
    const contract = await readContract(raw.origin)
    const make = makerOf(raw, 'fuzzer')
    const [item, hook] = [await make.item(), await make.webhook()]
    const ids: Standing['ids'] = {
      feedback: [item, await make.item()],
      'feedback.note': [await make.note(item)],
      'feedback.n': ['0', '1', '-1', '1e9'],
      people: [await make.person(), 'external:u1', 'email:ada@example.com', 'anonymous:b'],
      accounts: ['acme'],
      surveys: [await make.survey()],
      views: [await make.view()],
      projects: [raw.project],
      members: [await make.member()],
      invitations: [await make.invitation()],
      'projects.key': [await make.key()],
      webhooks: [hook],
      'webhooks.delivery': [await make.delivery(hook)],
      sessions: [await make.session()],
      passkeys: [await make.passkey()],
    }
    const examples = new Map<string, Filled>()
    for (const operation of contract.operations) {
      if (operation.scope !== undefined && operation.scope !== 'operator') {
        examples.set(operation.id, (await fillIn(operation, make)).filled)
      }
    }
    const said = {
      id: newId(),
      message: 'said',
      rating: { scale: 'nps', value: 9 },
      tags: { plan: 'pro' },
      sentAt: 'x',
    }
    examples.set('submitFeedback', { body: said })
    examples.set('countDisplays', { body: { displays: [{ survey: 's-1', version: 1, count: 1 }] } })
    const standing = { ids, examples }
    const reader = await addKey(raw.origin, raw, ['read'])
    const cookie = await addMember(raw, { id: 'fuzzer', project: raw.project, role: 'admin' })
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
    const askers: Askers = {
      key: { headers: bearer(raw.secretKey) },
      member: { headers: { cookie, 'sec-fetch-site': 'same-origin' }, query: { project: raw.project } },
      reader: { headers: bearer(reader.key) },
      publishable: { headers: bearer(raw.publishableKey), query: { key: raw.publishableKey } },
      nobody: { headers: {} },
    }
    return await run(contract, { origin: raw.origin, askers, standing }, count, seed)
  } finally {
    await raw.stop()
  }
}

async function run(
  contract: Contract,
  { origin, askers, standing }: { origin: string; askers: Askers; standing: Standing },
  count: number,
  seed: number,
): Promise<Findings> {
  // What deletes comes last: the others need what stands there.
  const isLast = ({ method, id }: Operation) => method === 'DELETE' || id === 'updateProject'
  const operations = contract.operations.filter(({ id }) => !left.includes(id))
  const findings: Findings = {
    seed,
    requests: 0,
    byStatus: {},
    operations: operations.length,
    wrong: [],
    reached: new Set(),
  }
  const test = async (request: MadeUp): Promise<string | null> => {
    const answer = await send(origin, askers, request)
    findings.requests++
    findings.byStatus[answer.status] = (findings.byStatus[answer.status] ?? 0) + 1
    if (answer.status < 300) findings.reached.add(request.operation.id)
    return contract.judge(request.operation, answer)
  }
  // Each operation has its share, and fails by itself.
  const share = Math.ceil(count / operations.length)
  const check = async (operation: Operation): Promise<void> => {
    // What everybody may send is worth more of them.
    const numRuns = operation.id === 'submitFeedback' ? share * 10 : share
    const property = fc.asyncProperty(madeUp(contract, standing, [operation]), async (request) => {
      const problem = await test(request)
      if (problem !== null) throw new Error(problem)
    })
    const result = await fc.check(property, {
      numRuns,
      seed,
      maxSkipsPerRun: 0,
      interruptAfterTimeLimit: 60_000,
      endOnFailure: false,
    })
    if (result.failed) {
      const [request] = result.counterexample ?? []
      const why = result.errorInstance instanceof Error ? result.errorInstance.message : ''
      findings.wrong.push(`${operation.id}: ${why}\n  ${request === undefined ? '' : view(request)}`)
    }
  }
  // Four side by side: whoever waits for an answer makes up another request meanwhile.
  const waiting = operations.filter((operation) => !isLast(operation))
  const checkNext = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await check(one)
  }
  await Promise.all(Array.from({ length: 4 }, checkNext))
  for (const operation of operations.filter(isLast)) await check(operation)
  return findings
}
