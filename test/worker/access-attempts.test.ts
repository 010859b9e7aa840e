import { inject, describe, expect, it } from 'vitest'
import { makeAttempts } from '../../worker/access/attempts.ts'
import { nameBrowser } from '../../worker/access/browser.ts'
import { makeVisitor } from '../support/visitor.ts'

describe('attempts to sign in', () => {
  it('are counted by name, and come back with time', () => {
    const attempt = makeAttempts({ burst: 3, perSecond: 0.5, namesMax: 10 })
    expect([0, 0, 0, 0].map(() => attempt('a', 1_000))).toEqual([0, 0, 0, 2])
    expect(attempt('b', 1_000)).toBe(0)
    expect(attempt('a', 2_000)).toBe(1)
    expect(attempt('a', 3_000)).toBe(0)
    expect(attempt('a', 3_000)).toBe(2)
    expect(attempt('a', 0)).toBe(2)
    expect([0, 0, 0, 0].map(() => attempt('a', 1_000_000))).toEqual([0, 0, 0, 2])
  })

  it('are forgotten of whoever has rested longest, so that memory is bounded', () => {
    const attempt = makeAttempts({ burst: 1, perSecond: 0.001, namesMax: 2 })
    attempt('a', 0)
    attempt('b', 1)
    expect(attempt('a', 2)).toBeGreaterThan(0)
    attempt('c', 3)
    expect(attempt('a', 4)).toBeGreaterThan(0)
    expect(attempt('b', 5)).toBe(0)
  })

  it('of one customer are counted together, however an address is spelled', async () => {
    const ask = async (address: string) =>
      (
        await makeVisitor(inject('origin'), { 'cf-connecting-ip': address }).ask('/v1/sign-in/options', {
          method: 'POST',
        })
      ).status
    for (const spellings of [
      ['::ffff:203.0.113.99', '203.0.113.99', '::FFFF:cb00:7163'],
      ['2001:db8:9:2:aaaa::1', '2001:0db8:9:2::', '2001:db8:9:2:bbbb:cccc:dddd:eeee'],
    ]) {
      const one = async (_: unknown, i: number) => ask(spellings[i % spellings.length] ?? '')
      await Promise.all(Array.from({ length: 60 }, one))
      for (const spelling of spellings) expect(await ask(spelling)).toBe(429)
    }
    expect(await ask('203.0.113.98')).not.toBe(429)
    expect(await ask('2001:db8:9:3::1')).not.toBe(429)
  })

  it('are refused on every way in together, with the time to wait, and nobody else’s are', async () => {
    const guesser = makeVisitor(inject('origin'), { 'cf-connecting-ip': '2001:db8:7:7::9' })
    const neighbour = makeVisitor(inject('origin'), { 'cf-connecting-ip': '2001:db8:7:8::9' })
    const link = `${inject('origin')}/console/sign-in?token=guess`
    const ways = [
      () => guesser.press(link),
      () => guesser.press(link.replace('sign-in', 'invitation')),
      () => guesser.ask('/console/invitation?token=guess'),
      () => guesser.ask('/v1/sign-in/options', { method: 'POST' }),
    ]
    // More than would come back in the time that this takes.
    await Promise.all(Array.from({ length: 60 }, (_, i) => ways[i % ways.length]!()))
    for (const way of ways) {
      const response = await way()
      expect([response.status, Number(response.headers.get('retry-after'))]).toEqual([429, expect.any(Number)])
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect((await neighbour.press(link)).status).toBe(403)
  })
})

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/153.0 Mobile/15E148 Safari/604.1',
      'Chrome on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['curl/8.5.0', ''],
    ['', ''],
  ])('is named as its owner would: %s', (agent, name) => expect(nameBrowser(agent)).toBe(name))
})
