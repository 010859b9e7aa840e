import { describe, expect, it } from 'vitest'
import { createEarshot } from '../../sdk/index.ts'
import { limits } from '../../sdk/wire/index.ts'
import type { Submission } from '../../sdk/wire/index.ts'

/** Sends one message with as much as a page can put beside it; gives what travelled, in bytes too. */
async function sendAmong(message: string) {
  const bodies: string[] = []
  const fetch = async (_: unknown, init?: RequestInit) => {
    bodies.push(init?.body as string)
    return Response.json({ id: (JSON.parse(init?.body as string) as Submission).id, notes: [] })
  }
  const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example', fetch })
  const big = Array.from({ length: 60 }, () => ({ text: '\u{1F600}'.repeat(3_000) }))
  for (let n = 0; n < 40; n++) {
    earshot.crumb(`step ${n} ${'x'.repeat(1_000)}`, n % 2 ? { n, big } : { n })
    earshot.context(`object ${n}`, { n, big })
    earshot.tag(`tag ${n}`, 'x'.repeat(9_000))
  }
  earshot.identify({ id: 'u_42', traits: { text: 'x'.repeat(1_000_000) } })
  const sent = await earshot.send({ message })
  earshot.destroy()
  const [body = ''] = bodies
  return { sent, bytes: Buffer.byteLength(body), submission: JSON.parse(body) as Submission }
}

describe('what goes along', () => {
  it('is bounded, newest crumbs first, beside a message of any length that is taken', async () => {
    const { sent, bytes, submission } = await sendAmong('The total is wrong')
    expect(sent.state).toBe('stored')
    expect(bytes).toBeLessThan(limits.submissionMaxBytes)
    expect(Buffer.byteLength(JSON.stringify(submission.crumbs))).toBeLessThanOrEqual(25_000)
    expect(Buffer.byteLength(JSON.stringify(submission.context))).toBeLessThanOrEqual(limits.contextMaxBytes + 1_000)
    expect(submission.crumbs?.at(-1)?.message).toMatch(/^step 39 /)
    expect(submission.person?.id).toBe('u_42')
  })

  it.each([
    ['the longest that the form lets through', '\u{1F600}'.repeat(limits.messageMaxChars / 2)],
    ['one of 230 kB', 'x'.repeat(230_000)],
  ])('never costs the message: %s', async (_, message) => {
    const { sent, bytes, submission } = await sendAmong(message)
    expect(sent.state).toBe('stored')
    expect(submission.message).toBe(message)
    expect(submission.person?.id).toBe('u_42')
    expect(bytes).toBeLessThan(limits.submissionMaxBytes)
  })

  it('keeps its order in time, also where something was noted late', async () => {
    const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example' })
    const now = Date.now()
    earshot.crumb('third', {}, now)
    earshot.crumb('first', {}, now - 2_000)
    earshot.crumb('second', {}, now - 1_000)
    expect(earshot.facts().crumbs?.map(({ message }) => message)).toEqual(['first', 'second', 'third'])
    earshot.destroy()
  })

  it('notes an error that the page caught, with its place', async () => {
    const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example' })
    earshot.crumb(new TypeError('no total'))
    await expect.poll(() => earshot.facts().crumbs).toMatchObject([{ type: 'error', message: 'TypeError: no total' }])
    const [crumb] = earshot.facts().crumbs ?? []
    expect(crumb?.data?.source).toMatch(/bounds\.test\.ts:\d+$/)
    earshot.destroy()
  })
})
