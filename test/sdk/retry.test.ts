import { describe, expect, it } from 'vitest'
import { judge, parseRetryAfter } from '../../sdk/retry.ts'
import type { Answer } from '../../sdk/retry.ts'

const id = '0198c5a2-7d1e-7c3a-9b52-0d6d7c1f4e11'
const now = Date.parse('2026-11-22T09:30:00.000Z')
const receipt = { id, reference: 'K7M4XQ2P', receivedAt: '', notes: [], edit: '' }
const problem = (code: string) => ({ type: 'application/problem+json', body: { code, detail: '' } })
const hour = 3_600_000

describe('the retry policy', () => {
  it.each<[string, Answer, string]>([
    ['201 with its own id', { status: 201, body: receipt }, 'stored'],
    ['200 with its own id, a repeat', { status: 200, body: receipt }, 'stored'],
    ["200 with somebody else's id", { status: 200, body: { ...receipt, id: 'x' } }, 'queued'],
    ["200 with a proxy's page", { status: 200, type: 'text/html' }, 'queued'],
    ['200 with null', { status: 200, body: null }, 'queued'],
    ['204', { status: 204 }, 'queued'],
    ['302', { status: 302, body: receipt }, 'queued'],
    ['400 problem', { status: 400, ...problem('not-json') }, 'refused'],
    ['410 problem', { status: 410, ...problem('erased') }, 'refused'],
    ['413 problem', { status: 413, ...problem('too-large') }, 'refused'],
    ['415 problem', { status: 415, ...problem('encoding-refused') }, 'refused'],
    ['422 problem', { status: 422, ...problem('empty') }, 'refused'],
    [
      '422 problem with a charset',
      { status: 422, body: { code: 'empty' }, type: 'application/problem+json; charset=utf-8' },
      'refused',
    ],
    ["400 of a proxy's", { status: 400, type: 'text/html' }, 'queued'],
    ['413 of a proxy, as JSON', { status: 413, type: 'application/json', body: { code: 'too-large' } }, 'queued'],
    ['422 problem without a code', { status: 422, type: 'application/problem+json', body: {} }, 'queued'],
    ['401 problem', { status: 401, ...problem('unknown-key') }, 'queued'],
    ['403 problem', { status: 403, ...problem('origin-refused') }, 'queued'],
    ['404 problem', { status: 404, ...problem('not-found') }, 'queued'],
    ['405 problem', { status: 405, ...problem('method-not-allowed') }, 'queued'],
    ['409 problem', { status: 409, ...problem('conflict') }, 'queued'],
    ['429', { status: 429, ...problem('too-many') }, 'queued'],
    ['500', { status: 500, ...problem('fault') }, 'queued'],
    ['503', { status: 503, ...problem('unavailable') }, 'queued'],
    ['no answer', { status: 0 }, 'queued'],
  ])('judges %s', (_, answer, state) => {
    expect(judge(answer, id, 0, now, 0.5).state).toBe(state)
  })

  it.each([
    [0, 1_000],
    [1, 2_000],
    [5, 32_000],
    [20, 1_800_000],
    [2_000, 1_800_000],
  ])('after %i failures waits up to %i ms, by chance', (attempt, longest) => {
    expect(judge({ status: 500 }, id, attempt, now, 0).delayMs).toBe(0)
    expect(judge({ status: 500 }, id, attempt, now, 1).delayMs).toBe(longest)
  })

  it('tries the mistakes of the operator again about a day later', () => {
    for (const random of [0, 1]) {
      const verdict = judge({ status: 401, ...problem('unknown-key') }, id, 0, now, random)
      expect(verdict).toMatchObject({ firm: true, pause: true })
      expect(verdict.delayMs).toBeGreaterThan(20 * hour)
      expect(verdict.delayMs).toBeLessThan(28 * hour)
    }
  })

  it.each([
    ['seconds', '120', 120_000],
    ['zero', '0', 0],
    ['a date', 'Sun, 22 Nov 2026 09:31:00 GMT', 60_000],
    ['a date that is past', 'Sun, 22 Nov 2026 09:29:00 GMT', 0],
    ['more than an hour', '86400', hour],
    ['a negative number', '-5', 0],
    ['rubbish', 'soon', undefined],
    ['nothing', null, undefined],
  ])('reads Retry-After as %s', (_, value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms)
  })

  it('waits as long as it was asked to, and spreads the crowd on top', () => {
    const verdict = judge({ status: 429, retryAfter: '120' }, id, 3, now, 0.5)
    expect(verdict).toMatchObject({ delayMs: 124_000, firm: true, pause: true })
  })

  it('goes on with the next submission after a fault that may lie in this one', () => {
    expect(judge({ status: 500 }, id, 0, now, 0).pause).toBe(false)
    expect(judge({ status: 0 }, id, 0, now, 0).pause).toBe(true)
  })
})
