import { Webhook as Standard } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { verifyWebhook, WebhookError } from '../../sdk/server/index.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const body = JSON.stringify({
  type: 'ping',
  timestamp: '2026-11-22T09:30:00.000Z',
  data: { project: 'p', webhook: 'ü' },
})

/** As somebody else's library signs. */
const signed = (by = secret, at = Date.now(), text = body) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(Math.floor(at / 1000)),
  'webhook-signature': new Standard(by).sign('msg_1', new Date(at), text),
})

describe('verifyWebhook', () => {
  it('takes what somebody else’s library signed, in every form of body and headers', async () => {
    const wanted = { id: 'msg_1', type: 'ping', data: { webhook: 'ü' } }
    const headers = signed()
    expect(await verifyWebhook(body, headers, secret)).toMatchObject(wanted)
    expect(await verifyWebhook(Buffer.from(body), new Headers(headers), secret)).toMatchObject(wanted)
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
    expect(await verifyWebhook(new TextEncoder().encode(body), shouted, [other, secret])).toMatchObject(wanted)
  })

  it('takes any of several signatures, of a version that it knows', async () => {
    const [mine, theirs] = [signed(), signed(other)]
    const both = `v1a,AAAA ${theirs['webhook-signature']} ${mine['webhook-signature']}`
    expect(await verifyWebhook(body, { ...mine, 'webhook-signature': both }, secret)).toMatchObject({ type: 'ping' })
    const asymmetric = mine['webhook-signature'].replace('v1,', 'v1a,')
    await expect(verifyWebhook(body, { ...mine, 'webhook-signature': asymmetric }, secret)).rejects.toThrow(
      WebhookError,
    )
  })

  const headers = signed()
  const old = signed(secret, Date.now() - 400_000)
  const wrong: [what: string, body: string, headers: Record<string, string>, reason: RegExp][] = [
    ['another body', `${body} `, headers, /No signature fits/],
    ['another id', body, { ...headers, 'webhook-id': 'msg_2' }, /No signature fits/],
    [
      'another time',
      body,
      { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) },
      /fits/,
    ],
    ['another secret', body, signed(other), /No signature fits/],
    ['an old one', body, old, /too old/],
    ['one of the future', body, signed(secret, Date.now() + 400_000), /future/],
    ['no signature', body, { ...headers, 'webhook-signature': '' }, /webhook-signature is missing/],
    ['no id', body, { ...headers, 'webhook-id': '' }, /webhook-id is missing/],
    ['no time', body, { ...headers, 'webhook-timestamp': 'soon' }, /no time/],
    ['rubbish', body, { ...headers, 'webhook-signature': 'v1,%%% v1 , v1,' }, /No signature fits/],
  ]
  it.each(wrong)('refuses %s', async (_what, text, given, reason) => {
    const refused = verifyWebhook(text, given, secret)
    await expect(refused).rejects.toThrow(WebhookError)
    await expect(refused).rejects.toThrow(reason)
  })

  it('takes an old one where that is wanted', async () => {
    expect(await verifyWebhook(body, old, secret, { toleranceSeconds: 1_000 })).toMatchObject({ type: 'ping' })
  })

  it('says that a secret is none, or a body was parsed', async () => {
    for (const none of [undefined, '', 'whsec_', 'sec_abc', 'whsec_%']) {
      await expect(verifyWebhook(body, headers, none)).rejects.toThrow(TypeError)
    }
    await expect(verifyWebhook(body, headers, [])).rejects.toThrow(/no secret/)
    await expect(verifyWebhook(JSON.parse(body) as string, headers, secret)).rejects.toThrow(/before they are parsed/)
  })
})
