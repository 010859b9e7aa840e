import fc from 'fast-check'
import { serveRaw } from '../bench/raw/serve.mjs'
import { type Contract, readContract } from './document.ts'
import { type Askers, madeUp, type MadeUp, send, type Standing } from './fuzz.ts'
import { addKey, addMember } from './principals.ts'
import { makerOf } from './recipes.ts'

/** What a round of made-up requests came to. */
export interface Findings {
  requests: number
  byStatus: Record<string, number>
  operations: number
  /** Each answer that must not be, with the request that got it, made as small as can be. */
  wrong: string[]
}

/** Not asked: they end what the others need, or are asked by nobody but a test of their own. */
const left = [
  'deleteSession',
  'setUp',
  'createOperatorSignInLink',
  'revokeKey',
  'rotateKey',
  'updateKey',
  'deleteMember',
]

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
    const make = makerOf(raw)
    const item = await make.item()
    const standing: Standing = {
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
    }
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
  const isLast = ({ method }: { method: string }) => Number(method === 'DELETE')
  const operations = contract.operations
    .filter(({ id }) => !left.includes(id))
    .toSorted((a, b) => isLast(a) - isLast(b))
  const findings: Findings = { requests: 0, byStatus: {}, operations: operations.length, wrong: [] }
  const test = async (request: MadeUp): Promise<string | null> => {
    const answer = await send(origin, askers, request)
    findings.requests++
    findings.byStatus[answer.status] = (findings.byStatus[answer.status] ?? 0) + 1
    return contract.judge(request.operation, answer)
  }
  // Each operation has its share, and fails by itself.
  const share = Math.ceil(count / operations.length)
  for (const operation of operations) {
    const property = fc.asyncProperty(madeUp(contract, standing, [operation]), async (request) => {
      const problem = await test(request)
      if (problem !== null) throw new Error(problem)
    })
    const result = await fc.check(property, {
      numRuns: share,
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
  return findings
}
