import { beforeAll, describe, expect, it } from 'vitest'
import type { Attachment, Change, Feedback, Receipt } from '../../sdk/wire/index.ts'
import { jpeg, makeHugePng, makePng, webp } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Attachments')
})

const announced = (count: number) => Array.from({ length: count }, () => ({ type: 'image/png', bytes: 100 }))

async function submit(count = 1, extra: object = {}): Promise<{ id: string; upload: string[] }> {
  const id = newId()
  const response = await system.submit({ id, message: 'See the picture', attachments: announced(count), ...extra })
  expect(response.status).toBe(201)
  const { upload = [] } = (await response.json()) as Receipt
  return { id, upload }
}

const put = (id: string, n: number, token: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(
    `${system.origin}/v1/feedback/${id}/attachments/${n}?key=${system.publishableKey}&upload=${encodeURIComponent(token)}`,
    { method: 'PUT', body, headers },
  )

const attachmentsOf = async (id: string): Promise<Attachment[]> => (await system.find(id)).attachments ?? []
const read = (url: string | undefined) => fetch(url ?? 'missing:')

async function untilGone(url: string): Promise<number> {
  for (let i = 0; ; i++) {
    const { status } = await fetch(url)
    if (status !== 200 || i > 50) return status
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('an image that was announced', () => {
  it('is offered where the deployment has object storage', async () => {
    const config = await (await fetch(`${system.origin}/v1/widget?key=${system.publishableKey}`)).json()
    expect(config).toMatchObject({ attachments: true })
  })

  it('is pending until it comes, then stands in the item by what its bytes say', async () => {
    const { id, upload } = await submit(3)
    expect(upload).toHaveLength(3)
    expect(await attachmentsOf(id)).toEqual(announced(3))
    const before = (await system.find(id)).change
    const png = makePng(40, 30)
    const response = await put(id, 1, upload[1]!, png, { 'content-type': 'text/plain' })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ type: 'image/png', width: 40, height: 30, bytes: png.length })
    expect((await put(id, 0, upload[0]!, jpeg, { 'content-type': 'text/html' })).status).toBe(201)
    expect((await put(id, 2, upload[2]!, webp)).status).toBe(201)
    const item = await system.find(id)
    expect(item.change).toBeGreaterThan(before)
    expect(item.attachments).toMatchObject([
      { type: 'image/jpeg', width: 3, height: 2 },
      { type: 'image/png', width: 40, height: 30, bytes: png.length },
      { type: 'image/webp', width: 1, height: 1 },
    ])
    expect(JSON.stringify(item)).not.toContain('"file"')
  })

  it('is served whole by a signed link, and as nothing that could run', async () => {
    const { id, upload } = await submit()
    const png = makePng(12, 8)
    await put(id, 0, upload[0]!, png)
    const [attachment] = await attachmentsOf(id)
    expect(attachment?.url).toMatch(new RegExp(`^${system.origin}/files/[0-9A-Za-z]{40}\\?until=\\d+&sig=`))
    const response = await read(attachment?.url)
    expect(response.status).toBe(200)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(response.headers.get('cache-control')).toContain('private')
    expect(response.headers.get('content-disposition')).toMatch(/^inline; filename="[0-9A-Z]{8}-1\.png"$/)
  })

  it('is not served by a link that was changed or has expired', async () => {
    const { id, upload } = await submit()
    await put(id, 0, upload[0]!, makePng(2, 2))
    const url = new URL((await attachmentsOf(id))[0]?.url ?? '')
    const until = Number(url.searchParams.get('until'))
    expect(until - Date.now() / 1000).toBeGreaterThan(3_500)
    for (const [name, value] of [
      ['until', String(until + 86_400)],
      ['until', '1'],
      ['sig', 'x'.repeat(43)],
      ['sig', ''],
    ] as const) {
      const changed = new URL(url)
      changed.searchParams.set(name, value)
      const response = await fetch(changed)
      expect(response.status).toBe(403)
      expect(await problemOf(response)).toMatchObject({ code: 'bad-token' })
    }
    expect((await fetch(`${system.origin}/files/${'x'.repeat(40)}?until=${until}&sig=x`)).status).toBe(404)
  })

  it('is replaced by a second one, and the first is served no more', async () => {
    const { id, upload } = await submit()
    await put(id, 0, upload[0]!, makePng(2, 2))
    const [first] = await attachmentsOf(id)
    expect((await put(id, 0, upload[0]!, makePng(4, 4))).status).toBe(201)
    const after = await attachmentsOf(id)
    expect(after).toMatchObject([{ width: 4 }])
    expect((await read(first?.url)).status).toBe(404)
    expect((await read(after[0]?.url)).status).toBe(200)
  })

  it('survives images for every slot at the same time', async () => {
    const { id, upload } = await submit(5)
    const all = await Promise.all(upload.map((token, n) => put(id, n, token, makePng(n + 1, 1))))
    for (const [n, { status }] of all.entries()) if (status === 503) await put(id, n, upload[n]!, makePng(n + 1, 1))
    expect((await attachmentsOf(id)).map(({ width }) => width)).toEqual([1, 2, 3, 4, 5])
  })

  it('goes with its item', async () => {
    const { id, upload } = await submit()
    await put(id, 0, upload[0]!, makePng(2, 2))
    const [attachment] = await attachmentsOf(id)
    expect((await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await untilGone(attachment?.url ?? '')).toBe(404)
    const response = await put(id, 0, upload[0]!, makePng(2, 2))
    expect(response.status).toBe(410)
    expect(await problemOf(response)).toMatchObject({ code: 'erased' })
  })

  it('is found by has=screenshot once it has come, and counted right when its item goes', async () => {
    const found = async () => (await system.list('?has=screenshot&limit=200')).items.map((item) => item.id)
    const counted = async () => {
      const { items } = (await (await system.call('/v1/names/values?name=has')).json()) as {
        items: { value: string; count: number }[]
      }
      return items.find(({ value }) => value === 'screenshot')?.count ?? 0
    }
    const { id, upload } = await submit()
    expect(await found()).not.toContain(id)
    const before = await counted()
    await put(id, 0, upload[0]!, makePng(2, 2))
    expect(await found()).toContain(id)
    expect(await counted()).toBe(before + 1)
    await put(id, 0, upload[0]!, makePng(3, 3))
    expect(await counted()).toBe(before + 1)
    await system.call(`/v1/feedback/${id}`, { method: 'DELETE' })
    expect(await counted()).toBe(before)
  })
})

describe('an image that cannot be taken', () => {
  const cases: [name: string, body: () => BodyInit, status: number, code: string][] = [
    ['a page that calls itself an image', () => '<html><script>alert(1)</script>', 422, 'invalid'],
    ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 422, 'invalid'],
    ['a GIF', () => Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64'), 422, 'invalid'],
    ['nothing', () => '', 422, 'invalid'],
    ['a PNG that breaks off in its head', () => makePng(2, 2).slice(0, 12), 422, 'invalid'],
    ['a JPEG that breaks off', () => jpeg.slice(0, 22), 422, 'invalid'],
    ['25 megapixels and a bit', () => makeHugePng(5_001, 5_000), 422, 'invalid'],
    ['over 2 MB', () => makePng(1, 1, 2_000_001), 413, 'too-large'],
  ]
  it.each(cases)('%s is refused as a problem, and the item stays as it was', async (_name, body, status, code) => {
    const { id, upload } = await submit()
    const before = await system.find(id)
    const response = await put(id, 0, upload[0]!, body(), { 'content-type': 'image/png' })
    expect(response.status).toBe(status)
    expect((await problemOf(response)).code).toBe(code)
    expect(await system.find(id)).toEqual(before)
  })

  it('is counted while it streams', async () => {
    const { id, upload } = await submit()
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64_000
        if (sent > 4_000_000) controller.close()
        else controller.enqueue(new Uint8Array(64_000))
      },
    })
    const response = await fetch(
      `${system.origin}/v1/feedback/${id}/attachments/0?key=${system.publishableKey}&upload=${upload[0]}`,
      { method: 'PUT', body: endless, duplex: 'half' } as RequestInit,
    )
    expect(response.status).toBe(413)
  })

  it('that no receipt allows is refused by its token, and no more of it than of any other is kept', async () => {
    const { id } = await submit()
    const large = new Blob([new Uint8Array(3_000_000)]).stream()
    const refuse = await fetch(
      `${system.origin}/v1/feedback/${id}/attachments/0?key=${system.publishableKey}&upload=x`,
      { method: 'PUT', body: large, duplex: 'half' } as RequestInit,
    )
    expect([refuse.status, (await problemOf(refuse)).code]).toEqual([403, 'bad-token'])
  })

  it('is refused with an encoding, a wrong token, another’s token, a wrong number and an unknown item', async () => {
    const { id, upload } = await submit(2)
    const other = await submit(1)
    const png = makePng(2, 2)
    expect((await put(id, 0, upload[0]!, png, { 'content-encoding': 'gzip' })).status).toBe(415)
    for (const token of ['', 'x', upload[1]!, other.upload[0]!]) {
      const response = await put(id, 0, token, png)
      expect(response.status).toBe(403)
      expect(await problemOf(response)).toMatchObject({ code: 'bad-token' })
    }
    expect((await put(id, 2, upload[1]!, png)).status).toBe(403)
    expect((await put(newId(), 0, upload[0]!, png)).status).toBe(403)
    expect(await attachmentsOf(id)).toEqual(announced(2))
  })

  it('is not announced beyond five', async () => {
    const id = newId()
    const response = await system.submit({ id, message: 'Many', attachments: announced(7) })
    const receipt = (await response.json()) as Receipt
    expect(receipt.upload).toHaveLength(5)
    expect(receipt.notes).toMatchObject([{ path: 'attachments', code: 'dropped' }])
  })

  it('answers a preflight', async () => {
    const response = await fetch(`${system.origin}/v1/feedback/${newId()}/attachments/0`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('links outside of the console', () => {
  it('stand in changes and in every export, good for a week', async () => {
    const { id, upload } = await submit(1, { tags: { links: 'yes' } })
    await put(id, 0, upload[0]!, makePng(6, 5))
    const linesOf = async (path: string) =>
      (await (await system.call(path)).text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Feedback & Change)
    const csv = await (await system.call('/v1/export?format=csv&tag.links=yes&columns=attachments&bom=off')).text()
    const cell = JSON.parse(csv.split('\r\n')[1]!.slice(1, -1).replaceAll('""', '"')) as Attachment[]
    const exported = (await linesOf('/v1/export?format=ndjson&tag.links=yes'))[0]?.attachments
    const changed = (await linesOf('/v1/changes?limit=1000')).find((item) => item.id === id)?.attachments
    for (const [attachment] of [cell, exported ?? [], changed ?? []]) {
      expect(attachment).toMatchObject({ type: 'image/png', width: 6, height: 5 })
      const until = Number(new URL(attachment?.url ?? '').searchParams.get('until'))
      expect(until - Date.now() / 1000).toBeGreaterThan(7 * 86_400 - 60)
      expect((await read(attachment?.url)).status).toBe(200)
    }
  })

  it('do not come along with an import, which says so', async () => {
    const line = {
      id: newId(),
      message: 'Moved',
      attachments: [{ type: 'image/png', bytes: 3, url: 'https://old.example/a' }],
    }
    const [result] = await system.importLines([line])
    expect(result).toMatchObject({ result: 'stored', notes: [{ path: 'attachments', code: 'dropped' }] })
    expect((await system.find(line.id)).attachments).toBeUndefined()
  })
})

describe('an image of a backup that somebody has written by hand', () => {
  it('leads to no address but ours', async () => {
    const now = Date.now()
    const id = newId()
    const image = { type: 'image/png', bytes: 9, url: 'https://elsewhere.example/trap' }
    const body = { tags: {}, person: null, page: null, source: 'widget', attachments: [image] }
    const times = { createdAt: now, receivedAt: now, updatedAt: now }
    const kept = { environment: 'production', kind: 'bug', status: 'new', labels: [], assignee: null, spam: false }
    const row = { doc: now, id, change: 1, ...kept, mergedInto: null, ...times, message: 'Restored', body }
    const response = await system.call('/v1/restore?add=true', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${JSON.stringify({ type: 'item', row })}\n`,
    })
    expect(await response.json()).toMatchObject({ stored: 1, refused: [] })
    expect(await attachmentsOf(id)).toEqual([{ type: 'image/png', bytes: 9 }])
  })
})
