import { BlobReader, ZipReader } from '@zip.js/zip.js'
import { beforeAll, expect, it } from 'vitest'
import type { Receipt } from '../../sdk/wire/index.ts'
import { makePng } from '../support/images.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

// Each image is a call to object storage, of which a request has a thousand.
let system: System
const image = makePng(1, 1)

async function say(images: number): Promise<void> {
  const id = newId()
  const attachments = Array.from({ length: images }, () => ({ type: 'image/png', bytes: image.length }))
  const response = await system.submit({ id, message: 'Look', attachments })
  expect(response.status).toBe(201)
  const { upload = [] } = (await response.json()) as Receipt
  await Promise.all(
    upload.map(async (token, n) => {
      const path = `/v1/feedback/${id}/attachments/${n}?key=${system.publishableKey}&upload=${token}`
      const put = await fetch(system.origin + path, { method: 'PUT', body: image })
      expect(put.status).toBe(201)
      await put.arrayBuffer()
    }),
  )
}

beforeAll(async () => {
  system = await startSystem('Many images')
  for (let i = 0; i < 160; i += 8) await Promise.all(Array.from({ length: 8 }, () => say(5)))
}, 600_000)

it('takes 800 images along, and with one more says before it begins what to do instead', async () => {
  const archive = await system.call('/v1/export?format=csv&attachments=zip')
  expect([archive.status, archive.headers.get('earshot-rows')]).toEqual([200, '160'])
  const zip = new ZipReader(new BlobReader(await archive.blob()))
  const names = (await zip.getEntries()).map(({ filename }) => filename)
  await zip.close()
  expect(new Set(names.filter((name) => name.startsWith('images/'))).size).toBe(800)
  expect(names.filter((name) => !name.startsWith('images/'))).toEqual(['feedback.csv'])

  await say(1)
  const refused = await system.call('/v1/export?format=csv&attachments=zip')
  expect(refused.status).toBe(413)
  const problem = await problemOf(refused)
  expect(problem.code).toBe('too-large')
  expect(problem.issues).toEqual([{ path: 'attachments', reason: 'more than 800 images' }])
  for (const way of ['more than 800 images', 'by dates', 'leave out `attachments`', 'npx earshot backup']) {
    expect(problem.detail).toContain(way)
  }

  // Each of those ways is one.
  const linked = await system.call('/v1/export?format=csv&columns=id,screenshots&bom=off')
  expect([linked.status, linked.headers.get('earshot-rows')]).toEqual([200, '161'])
  expect((await linked.text()).match(/\/files\//g)).toHaveLength(801)
  const narrowed = await system.call('/v1/export?format=csv&attachments=zip&to=2020-01-01')
  expect(narrowed.status).toBe(200)
  await narrowed.arrayBuffer()
}, 120_000)
