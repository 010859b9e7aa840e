import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import Papa from 'papaparse'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, Receipt } from '../../sdk/wire/index.ts'
import { nameImages, streamArchive } from '../../worker/export/archive.ts'
import type { Format } from '../../worker/export/pages.ts'
import { jpeg, makePng, webp } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
const ids = { three: newId(), one: newId(), none: newId(), announced: newId() }

async function say(
  id: string,
  message: string,
  images: Uint8Array<ArrayBuffer>[],
  sent = images.length,
): Promise<void> {
  const attachments = images.map(({ length }) => ({ type: 'image/png', bytes: length }))
  const response = await system.submit({ id, message, ...(images.length > 0 && { attachments }) })
  const { upload = [] } = (await response.json()) as Receipt
  for (const [n, image] of images.slice(0, sent).entries()) {
    const path = `/v1/feedback/${id}/attachments/${n}?key=${system.publishableKey}&upload=${upload[n]}`
    expect((await fetch(system.origin + path, { method: 'PUT', body: image })).status).toBe(201)
  }
}

/** The files of an archive; texts as text. */
async function unpack(bytes: Blob): Promise<Map<string, string | Uint8Array>> {
  const zip = new ZipReader(new BlobReader(bytes))
  const files = new Map<string, string | Uint8Array>()
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue
    const isText = /\.(csv|txt)$/.test(entry.filename)
    files.set(entry.filename, await (isText ? entry.getData(new TextWriter()) : entry.getData(new Uint8ArrayWriter())))
  }
  await zip.close()
  return files
}

beforeAll(async () => {
  system = await startSystem('Archive')
  await say(ids.three, 'Three', [makePng(9, 7), jpeg, webp])
  await say(ids.one, 'One', [makePng(5, 5)])
  await say(ids.none, 'None', [])
  await say(ids.announced, 'Announced', [makePng(3, 3)], 0)
})

describe('an export with its images', () => {
  it('is an archive whose table leads from each row to its images', async () => {
    const response = await system.call('/v1/export?format=csv&attachments=zip&columns=id,message')
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toMatch(/earshot-[\d-]+\.zip"$/)
    expect(response.headers.get('earshot-rows')).toBe('4')
    const files = await unpack(await response.blob())
    const table = String(files.get('feedback.csv'))
    const rows = Papa.parse<Record<string, string>>(table, { header: true, skipEmptyLines: true }).data
    const imagesOf = (message: string) => rows.find((row) => row['Message'] === message)?.['Images in this archive']
    const names = imagesOf('Three')?.split(', ') ?? []
    const { reference } = await system.find(ids.three)
    expect(names).toEqual([`images/${reference}-1.png`, `images/${reference}-2.jpg`, `images/${reference}-3.webp`])
    expect(names.map((name) => files.get(name))).toEqual([makePng(9, 7), jpeg, webp])
    expect(files.get(imagesOf('One') ?? '')).toEqual(makePng(5, 5))
    expect([imagesOf('None'), imagesOf('Announced')]).toEqual(['', ''])
    expect([...files.keys()]).toHaveLength(5)
  })

  it('takes the same filters, and a workbook for a table', async () => {
    const files = await unpack(await (await system.call('/v1/export?format=xlsx&attachments=zip&q=One')).blob())
    expect([...files.keys()]).toEqual(['feedback.xlsx', expect.stringMatching(/^images\/\w{8}-1\.png$/)])
  })

  it.each(['format=ndjson&attachments=zip', 'format=csv&attachments=tar', 'format=csv&attachments=zip&limit=5'])(
    'is refused as %s',
    async (query) => {
      const response = await system.call(`/v1/export?${query}`)
      expect([response.status, (await problemOf(response)).issues?.[0]?.path]).toEqual([400, 'attachments'])
    },
  )

  it('names images that are not there, leaves out those of items that went, and breaks where storage does', async () => {
    const format: Format = {
      type: 'text/csv',
      extension: 'csv',
      stream: (pages) =>
        new ReadableStream({
          async start(controller) {
            for await (const page of pages)
              controller.enqueue(new TextEncoder().encode(page.map(({ id }) => id).join()))
            controller.close()
          },
        }),
    }
    const file = (key: string) => ({ type: 'image/png', bytes: 3, file: key })
    const images = nameImages([
      { id: 'a', reference: 'R', attachments: [file('gone'), file('there')] },
      { id: 'b', reference: 'R', attachments: [file('there')] },
      { id: 'erased', reference: 'S', attachments: [file('there')] },
    ])
    async function* pages() {
      yield [{ id: 'a' }, { id: 'b' }] as Feedback[]
      return { end: true as const, count: 2 }
    }
    const read = async (key: string) => (key === 'gone' ? null : new Blob(['png']).stream())
    const files = await unpack(await new Response(streamArchive(format, pages(), images, read)).blob())
    expect([...files.keys()]).toEqual(['feedback.csv', 'images/R-2.png', 'images/b-1.png', 'missing-images.txt'])
    expect(files.get('missing-images.txt')).toBe('images/R-1.png: image 1 of item a is not there any more\r\n')
    const failing = streamArchive(format, pages(), images, () => Promise.reject(new Error('internal error (10001)')))
    await expect(new Response(failing).blob()).rejects.toThrow('10001')
  })
})
