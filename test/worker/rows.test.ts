import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleSubmission } from '../bench/sample.mjs'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { inSeconds, signToken } from '../support/tokens.ts'

let raw: RawSystem
beforeAll(async () => {
  raw = await serveRaw()
})
afterAll(() => raw.stop())

const submit = (more: object = {}) =>
  fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, {
    method: 'POST',
    body: JSON.stringify({ ...sampleSubmission(), ...more }),
  })
const settle = () => new Promise((resolve) => setTimeout(resolve, 500))

describe('the rows that a submission costs', () => {
  it('are four before the receipt, and eight with both full-text tables', async () => {
    await submit()
    await settle()
    await raw.rows()
    expect((await submit()).status).toBe(201)
    await settle()
    expect((await raw.rows()).written).toBe(8)
    await raw.sql("UPDATE consumer SET lease = 'asleep', lease_until = 9007199254740991")
    await raw.rows()
    expect((await submit()).status).toBe(201)
    await settle()
    expect((await raw.rows()).written).toBe(4)
  })

  it('are as many with a signed identity', async () => {
    const made = await fetch(`${raw.origin}/v1/projects/${raw.project}/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${raw.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'identity', name: 'Server' }),
    })
    const { key } = (await made.json()) as { key: string }
    const token = signToken(key, { sub: 'u_1', aud: raw.project, exp: inSeconds(600) })
    // The first use of a secret is written down, once an hour.
    await submit({ token })
    await settle()
    await raw.rows()
    expect((await (await submit({ token })).json()) as object).toMatchObject({ notes: [{ path: 'person' }] })
    await settle()
    expect((await raw.rows()).written).toBe(4)
  })

  it('are none for a repeat', async () => {
    const body = JSON.stringify(sampleSubmission())
    const send = () => fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, { method: 'POST', body })
    expect((await send()).status).toBe(201)
    await settle()
    await raw.rows()
    expect((await send()).status).toBe(200)
    await settle()
    expect((await raw.rows()).written).toBe(0)
  })
})
