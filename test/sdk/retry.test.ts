import { describe, expect, it } from 'vitest'
import { judge } from '../../sdk/retry.ts'
import type { Answer, Verdict } from '../../sdk/retry.ts'
import type { Problem } from '../../sdk/wire/index.ts'

const id = '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
const now = Date.parse('2026-11-22T09:30:00.000Z')
const receipt = { id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' }
const problemType = 'application/problem+json'
const problem = (code: string) => ({ type: problemType, body: { code, detail: '' } })
const hour = 3_600_000

type Row = [name: string, answer: Answer, seen: Partial<Verdict>]

/** Waits: by chance between nothing and a second at the first attempt. `random` is one half. */
const backoff = { state: 'queued', delayMs: 500, firm: false, problem: undefined } as const
const html = { type: 'text/html; charset=utf-8' }
const daily = { state: 'queued', delayMs: 24 * hour + 500, firm: true, pause: true } as const
const asked = (seconds: number) =>
  ({ state: 'queued', delayMs: seconds * 1_000 + 500, firm: true, pause: true }) as const

describe('the retry policy', () => {
  it.each<Row>([
    // What counts as a receipt.
    ['201 with its own id', { status: 201, body: receipt }, { state: 'stored', receipt }],
    ['200 with its own id, a repeat', { status: 200, body: receipt }, { state: 'stored', receipt }],
    ['203 with its own id, from a proxy that transforms', { status: 203, body: receipt }, { state: 'stored', receipt }],
    ["200 with somebody else's id", { status: 200, body: { ...receipt, id: 'x' } }, backoff],
    ["200 with somebody else's JSON", { status: 200, type: 'application/json', body: { ok: true } }, backoff],
    ["200 with a proxy's page", { status: 200, ...html }, backoff],
    ['200 with null', { status: 200, type: 'application/json', body: null }, backoff],
    ['200 with its own id as text', { status: 200, body: id }, backoff],
    ['200 with a list', { status: 200, body: [receipt] }, backoff],
    ['201 with truncated JSON', { status: 201, type: 'application/json' }, backoff],
    ['202 of a queue between, without a receipt', { status: 202, body: {} }, backoff],
    ['204 without a body', { status: 204 }, backoff],
    ['304', { status: 304 }, backoff],
    ['302 with a receipt', { status: 302, body: receipt }, backoff],
    ['500 with a receipt', { status: 500, body: receipt }, backoff],
    // What counts as a refusal.
    ...(
      [
        [400, 'not-json'],
        [410, 'erased'],
        [413, 'too-large'],
        [415, 'encoding-refused'],
        [422, 'empty'],
      ] as const
    ).flatMap(([status, code]): Row[] => [
      [`${status} problem`, { status, ...problem(code) }, { state: 'refused', problem: problem(code).body as Problem }],
      [`${status} with a page`, { status, ...html }, backoff],
      [`${status} with somebody's JSON`, { status, type: 'application/json', body: { code } }, backoff],
      [`${status} problem without a code`, { status, type: problemType, body: { title: 'No' } }, backoff],
      [`${status} problem, truncated`, { status, type: problemType }, backoff],
    ]),
    [
      '422 problem with a charset',
      { status: 422, body: { code: 'empty' }, type: `${problemType}; charset=utf-8` },
      { state: 'refused' },
    ],
    // Whose mistake it is.
    ['401 problem', { status: 401, ...problem('unknown-key') }, daily],
    ['403 problem', { status: 403, ...problem('origin-refused') }, daily],
    ['404 problem', { status: 404, ...problem('not-found') }, daily],
    ['404 problem, with a Retry-After', { status: 404, retryAfter: '5', ...problem('not-found') }, daily],
    ["401 of a proxy's", { status: 401, ...html }, backoff],
    ["403 of a firewall's", { status: 403, ...html }, backoff],
    ["404 of a service worker's", { status: 404, ...html }, backoff],
    ["404 of somebody's JSON", { status: 404, type: 'application/json', body: { code: 'not-found' } }, backoff],
    // Portals and proxies.
    ["302 of a captive portal's, not followed", { status: 302, ...html }, backoff],
    ["407 of a proxy's", { status: 407, ...html }, backoff],
    ["511 of a captive portal's", { status: 511, ...html }, backoff],
    // What passes by itself.
    ['405 problem', { status: 405, ...problem('method-not-allowed') }, { ...backoff, problem: expect.anything() }],
    ['409 problem', { status: 409, ...problem('conflict') }, { ...backoff, problem: expect.anything() }],
    ['408', { status: 408 }, backoff],
    ['425', { status: 425 }, backoff],
    [
      '429 without a word of when',
      { status: 429, ...problem('too-many') },
      { ...backoff, pause: true, problem: expect.anything() },
    ],
    ['500 problem', { status: 500, ...problem('fault') }, { ...backoff, pause: false, problem: expect.anything() }],
    ['502 with a page', { status: 502, ...html }, { ...backoff, pause: false }],
    [
      '503 problem',
      { status: 503, ...problem('unavailable') },
      { ...backoff, pause: true, problem: expect.anything() },
    ],
    ['504', { status: 504, ...html }, backoff],
    ['no answer, or an opaque one', { status: 0 }, { ...backoff, pause: true }],
    // When it was asked to come back.
    ['429 in two minutes', { status: 429, retryAfter: '120', ...problem('too-many') }, asked(120)],
    ['429 at once', { status: 429, retryAfter: '0' }, asked(0)],
    ['503 at a time', { status: 503, retryAfter: 'Sun, 22 Nov 2026 09:31:00 GMT' }, asked(60)],
    ['503 at a time that is past', { status: 503, retryAfter: 'Sun, 22 Nov 2026 09:29:00 GMT' }, asked(0)],
    ['503 a year away', { status: 503, retryAfter: 'Mon, 22 Nov 2027 09:31:00 GMT' }, asked(3_600)],
    ['503 in a year, in seconds', { status: 503, retryAfter: '31536000' }, asked(3_600)],
    ["a proxy's 502 in two minutes", { status: 502, ...html, retryAfter: '120' }, asked(120)],
    ['429 in minus five seconds', { status: 429, retryAfter: '-5' }, backoff],
    ['429 soon', { status: 429, retryAfter: 'soon' }, backoff],
    ['429 with an empty header', { status: 429, retryAfter: '' }, backoff],
    ['429 in 1.5 seconds', { status: 429, retryAfter: '1.5' }, backoff],
    ['429 for ever', { status: 429, retryAfter: 'Infinity' }, backoff],
    ['429 with two values', { status: 429, retryAfter: '5, 10' }, backoff],
  ])('%s', (_, answer, seen) => {
    expect(judge(answer, id, 0, now, 0.5)).toMatchObject(seen)
  })

  it.each([
    [0, 1_000],
    [1, 2_000],
    [5, 32_000],
    [11, 1_800_000],
    [2_000, 1_800_000],
  ])('after %i failures waits up to %i ms, by chance', (attempt, longest) => {
    expect(judge({ status: 500 }, id, attempt, now, 0).delayMs).toBe(0)
    expect(judge({ status: 500 }, id, attempt, now, 0.25).delayMs).toBe(longest / 4)
    expect(judge({ status: 500 }, id, attempt, now, 1).delayMs).toBe(longest)
  })

  it('tries the mistakes of the operator again about a day later, no crowd at the same moment', () => {
    const [first = 0, last = 0] = [0, 1].map(
      (random) => judge({ status: 401, ...problem('unknown-key') }, id, 0, now, random).delayMs,
    )
    expect(first).toBeGreaterThan(20 * hour)
    expect(last).toBeLessThan(28 * hour)
    expect(last - first).toBeGreaterThan(4 * hour)
  })

  it('waits as long as it was asked to, and spreads the crowd on top', () => {
    const verdict = judge({ status: 429, retryAfter: '120' }, id, 3, now, 0.5)
    expect(verdict).toMatchObject({ delayMs: 124_000, firm: true, pause: true })
  })
})
