import { beforeAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { signText } from '../../worker/access/secrets.ts'
import { readImage } from '../../worker/attachments/image.ts'
import { jpeg, makeHugePng, makePng, webp } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Uploads')
})

/** Announces a picture, sends bytes for it, and gives the answer with the link that the item has then. */
async function upload(body: Uint8Array<ArrayBuffer>, type: string) {
  const id = newId()
  const said = await system.submit({ id, message: 'See', attachments: [{ type, bytes: body.length }] })
  const token = encodeURIComponent(((await said.json()) as Receipt).upload?.[0] ?? '')
  const path = `/v1/feedback/${id}/attachments/0?key=${system.publishableKey}&upload=${token}`
  const response = await fetch(system.origin + path, { method: 'PUT', body, headers: { 'content-type': type } })
  return { response, url: (await system.find(id)).attachments?.[0]?.url }
}

const join = (...parts: (string | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))))
const html = '<!doctype html><script>alert(document.domain)</script>'
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
const zip = 'PK\x05\x06' + '\0'.repeat(18)
const gif = 'GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;'
/** A JPEG whose first segment is long enough to hold a comment that a script begins with. */
const script = '*/=alert(1);/*'
const jpegScript = join('\xff\xd8\xff\xe0', '/*', script, '\0'.repeat(0x2f2a - 2 - script.length), jpeg.slice(20))

describe('a file that is no picture', () => {
  it.each([
    ['HTML', join(html)],
    ['HTML behind a byte order mark', join('\xef\xbb\xbf', html)],
    ['HTML that mentions PNG', join('<!-- \x89PNG\r\n\x1a\n -->', html)],
    ['SVG', join(svg)],
    ['SVG with a prologue', join('<?xml version="1.0"?>', svg)],
    ['a compressed SVG', join('\x1f\x8b\x08\0\0\0\0\0', svg)],
    ['XML with a style sheet', join('<?xml version="1.0"?><?xml-stylesheet href="x.xsl" type="text/xsl"?><a/>')],
    ['a GIF', join(gif)],
    ['a GIF that is an archive too', join(gif, zip)],
    ['a script that begins like a GIF', join('GIF89a/*', '*/=1;alert(1)')],
    ['a BMP', join('BM', '\0'.repeat(60))],
    ['an icon', join('\0\0\x01\0\x01\0', '\0'.repeat(60))],
    ['a TIFF', join('II*\0', '\0'.repeat(60))],
    ['an AVIF', join('\0\0\0\x1cftypavif', '\0'.repeat(60))],
    ['a PDF', join('%PDF-1.7\n%%EOF')],
    ['a ZIP', join(zip)],
    ['a Windows program', join('MZ', '\0'.repeat(200))],
    ['WebAssembly', join('\0asm\x01\0\0\0')],
    ['a sound in the same container as WebP', join('RIFF\x24\0\0\0WAVEfmt ', '\0'.repeat(60))],
    ['the first bytes of a PNG, then HTML', join('\x89PNG\r\n\x1a\n', html)],
    ['the first bytes of a JPEG, then HTML', join('\xff\xd8\xff', html)],
    ['the first bytes of a WebP, then HTML', join('RIFF\x24\0\0\0WEBP', html)],
    ['an SVG in the container of a WebP', join('RIFF\x24\0\0\0WEBP', '<svg width="9" height="9">', '\0'.repeat(60))],
    ['a PNG that breaks off', makePng(2, 2).slice(0, 20)],
    ['a PNG without pixels', makeHugePng(0, 7)],
    ['a JPEG that breaks off', jpeg.slice(0, 22)],
    ['a WebP that breaks off', webp.slice(0, 16)],
  ])('%s is refused', (_name, body) => {
    expect(readImage(body)).toMatchObject({ ok: false, failure: { code: 'invalid' } })
  })
})

describe('a JPEG', () => {
  const frame = '\xff\xc2\0\x11\x08\0\x07\0\x05\x03' + '\0'.repeat(60)
  it.each([
    ['as it is', join('\xff\xd8', frame)],
    ['behind bytes that fill and bytes that are nothing', join('\xff\xd8\xff\xff\xe0\0\x04aa\0\x01', frame)],
    ['behind a preview of another size', join('\xff\xd8\xff\xe1\0\x0d\xff\xc0\0\x11\x08\0\x63\0\x63\x03\0', frame)],
    ['behind tables', join('\xff\xd8\xff\xdb\0\x03a\xff\xc4\0\x03a\xff\xcc\0\x02', frame)],
  ])('says its size %s', (_name, body) => {
    expect(readImage(body)).toEqual({ ok: true, value: { type: 'image/jpeg', width: 5, height: 7 } })
  })

  it('of any bytes is looked through in next to no time, and is none where no frame is in it', () => {
    for (const filling of ['\0', '\x01', '\x7f', '\xff', '\xff\xe0\0\x02', '\xff\xe0\0\0']) {
      const body = join('\xff\xd8\xff', filling.repeat(limits.attachmentMaxBytes / filling.length))
      expect(readImage(body)).toMatchObject({ ok: false, failure: { code: 'invalid' } })
    }
  })
})

describe('a picture of a giant', () => {
  it.each([
    ['65,535 by 65,535', makeHugePng(65_535, 65_535)],
    ['2,147,483,647 by 1', makeHugePng(2_147_483_647, 1)],
    ['4,294,967,295 by 4,294,967,295', makeHugePng(4_294_967_295, 4_294_967_295)],
    ['a line that is one pixel too long', makeHugePng(limits.attachmentMaxSide + 1, 1)],
    ['a column that is one pixel too high', makeHugePng(1, limits.attachmentMaxSide + 1)],
    ['a megabyte of nothing that says so', join(makeHugePng(50_000, 50_000), '\0'.repeat(1_000_000))],
  ])('%s is refused from its head, and never decoded', (_name, body) => {
    const issues = [{ path: 'body', reason: 'too many pixels' }]
    expect(readImage(body)).toMatchObject({ ok: false, failure: { code: 'invalid', issues } })
  })
})

describe('a picture that is something else too', () => {
  it.each([
    ['a PNG with a page behind it', join(makePng(2, 2), html), 'image/png'],
    ['a PNG with a drawing behind it', join(makePng(2, 2), svg), 'image/png'],
    ['a PNG that is an archive', join(makePng(2, 2), zip), 'image/png'],
    ['a PNG that is a document', join(makePng(2, 2), '%PDF-1.7\n%%EOF'), 'image/png'],
    ['a JPEG that is a script', jpegScript, 'image/jpeg'],
    ['a JPEG with a page behind it', join(jpeg, html), 'image/jpeg'],
    ['a WebP with a page behind it', join(webp, html), 'image/webp'],
  ])('%s is served as the picture that it is, and as nothing that could run', async (_name, body, type) => {
    const { response, url } = await upload(body, 'text/html')
    expect(response.status).toBe(201)
    const served = await fetch(url ?? '')
    expect(served.status).toBe(200)
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(served.headers.get('access-control-allow-origin')).toBeNull()
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(body)
  })
})

describe('a link to a picture', () => {
  it('has a name that nobody guesses, new for each picture', async () => {
    const png = makePng(3, 3)
    const urls = await Promise.all(Array.from({ length: 5 }, async () => (await upload(png, 'image/png')).url ?? ''))
    const names = urls.map((url) => new URL(url).pathname)
    for (const name of names) expect(name).toMatch(/^\/files\/[0-9A-Za-z]{40}$/)
    expect(new Set(names.map((name) => name.slice(0, 12))).size).toBe(5)
  })

  it('ends when its time is over, though its signature is right', async () => {
    const url = new URL((await upload(makePng(3, 3), 'image/png')).url ?? '')
    const [line] = (await (await system.call('/v1/backup?part=project')).text()).split('\n')
    const { secret } = (JSON.parse(line ?? '') as { row: { secret: string } }).row
    const key = url.pathname.split('/').at(-1) ?? ''
    const signed = async (until: number) => {
      const signature = await signText(secret, `file:${key}:${until}`)
      return fetch(`${system.origin}/files/${key}?until=${until}&sig=${signature}`)
    }
    const now = Math.floor(Date.now() / 1_000)
    expect((await signed(now + 300)).status).toBe(200)
    const late = await signed(now - 1)
    expect(late.status).toBe(403)
    expect(await problemOf(late)).toMatchObject({ code: 'bad-token' })
  })
})
