import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreatedKey, Receipt, Submission, SurveyHistory } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { inSeconds, signToken } from '../support/tokens.ts'
import { ask, find, idsOf, receiptOf, submit } from './collector.ts'
import { cutAtEveryCall } from './every-call.ts'

let raw: RawSystem
let identitySecret: string
beforeAll(async () => {
  // It says in its log what was made to fail.
  raw = await serveRaw({ quiet: true })
  const made = await ask(raw, 'POST', `/v1/projects/${raw.project}/keys`, { type: 'identity', name: 'Server' })
  identitySecret = ((await made.json()) as CreatedKey).key
})
afterAll(() => raw.stop())

const said = (id: string): Partial<Submission> => ({
  id,
  message: 'Said once',
  rating: { scale: 'nps', value: 9 },
  tags: { plan: 'pro' },
  person: { id: 'u_1', traits: { role: 'cook' } },
})
const answered = (id: string, value: string) => ({
  id,
  survey: { id: 's', version: 1, answers: [{ question: 'q', value }] },
})

/** What stands there of an item, and how often. */
async function seen(id: string) {
  const item = await find(raw, id)
  const { message, rating, tags, survey, revision, notes, person } = item ?? {}
  const times = (await idsOf(raw)).filter((one) => one === id).length
  return { times, message, rating, tags, survey, revision, notes, verified: person?.verified, name: person?.name }
}

/** The same receipt, whenever it is asked for. */
async function sameReceipt(answer: Response | null, body: Partial<Submission>) {
  const [first, later] = [answer && (await receiptOf(answer)), await receiptOf(await submit(raw, body))]
  return first === null || JSON.stringify(first) === JSON.stringify(later)
}

describe('where any one call to the database fails, before it or after its commit, the same sent again leaves no trace of it:', () => {
  it('a submission', async () => {
    const runs = await cutAtEveryCall(raw, {
      // A key that no isolate remembers, so that looking it up may fail too.
      ready: async () => {
        const made = await ask(raw, 'POST', `/v1/projects/${raw.project}/keys`, { type: 'publishable', name: 'New' })
        return { id: newId(), key: ((await made.json()) as CreatedKey).key }
      },
      send: ({ id, key }, headers) => submit(raw, said(id), headers, key),
      outcome: async ({ id }, answer) => ({ ...(await seen(id)), isSame: await sameReceipt(answer, said(id)) }),
      ids: ({ id }) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('a repeat', async () => {
    const runs = await cutAtEveryCall(raw, {
      ready: async () => {
        const id = newId()
        return { id, receipt: await receiptOf(await submit(raw, said(id))) }
      },
      send: ({ id }, headers) => submit(raw, said(id), headers),
      outcome: async ({ id, receipt }, answer) => ({
        ...(await seen(id)),
        isSame: JSON.stringify(answer && (await receiptOf(answer))) === JSON.stringify(receipt),
      }),
      ids: ({ id }) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('a survey that is amended', async () => {
    const later = ({ id, edit }: Receipt) => ({ ...answered(id, 'second'), revision: 1, edit })
    const runs = await cutAtEveryCall(raw, {
      ready: async () => receiptOf(await submit(raw, answered(newId(), 'first'))),
      send: (receipt, headers) => submit(raw, later(receipt), headers),
      outcome: ({ id }) => seen(id),
      ids: ({ id }) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('a person who is proven by a later token', async () => {
    const claims = { sub: 'u_1', aud: raw.project, exp: inSeconds(600), name: 'Ada' }
    const runs = await cutAtEveryCall(raw, {
      ready: async () => {
        const id = newId()
        await submit(raw, said(id))
        return id
      },
      send: (id, headers) => submit(raw, { ...said(id), token: signToken(identitySecret, claims) }, headers),
      outcome: async (id) => {
        const is = await seen(id)
        expect(is).toMatchObject({ verified: true, name: 'Ada' })
        return is
      },
      ids: (id) => [id],
    })
    expect(runs).toBeGreaterThan(1)
  })

  it('a report of displays, which counts as often as it was committed', async () => {
    const survey = {
      id: 'shown',
      name: 'Shown',
      state: 'live',
      language: 'en',
      questions: [{ id: 'q', type: 'nps', text: { en: 'How likely?' } }],
    }
    expect((await ask(raw, 'POST', '/v1/surveys', survey)).status).toBe(201)
    const displays = async () => ((await (await raw.call('/v1/surveys/shown')).json()) as SurveyHistory).displays
    const report = (headers: Record<string, string>) =>
      fetch(`${raw.origin}/v1/displays?key=${raw.publishableKey}`, {
        method: 'POST',
        body: JSON.stringify({ displays: [{ survey: 'shown', version: 1, count: 2 }] }),
        headers,
      })
    const runs = await cutAtEveryCall(raw, {
      ready: async () => ({ before: await displays(), isAfter: false }),
      send: (run, headers) => {
        run.isAfter ||= headers['bench-interrupt']?.includes('"isAfter":true') === true
        return report(headers)
      },
      outcome: async ({ before, isAfter }) => {
        const more = (await displays()) - before
        return more === 2 || (isAfter && more === 4)
      },
    })
    expect(runs).toBeGreaterThan(1)
  })
})
