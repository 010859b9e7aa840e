import type { Client } from '../../server/index.ts'
import type { BackupItem } from '../../wire/index.ts'
import { failureOf } from '../collector.ts'
import type { Image, Missing } from './lines.ts'

/** Images on their way at a time; each has 2 MB at most. */
const parallel = 6

interface Wanted {
  item: string
  n: number
  bytes: number
  url: string
}

/** Reads the images that items show. One that is gone is said to be missing: it was deleted meanwhile, or is lost. */
export async function* fetchImages(collector: Client, items: readonly BackupItem[]): AsyncGenerator<Image | Missing> {
  const wanted = items.flatMap(wantedOf)
  for (let i = 0; i < wanted.length; i += parallel) {
    yield* await Promise.all(wanted.slice(i, i + parallel).map((image) => fetchImage(collector, image)))
  }
}

const wantedOf = ({ id, body }: BackupItem): Wanted[] =>
  (body.attachments ?? []).flatMap(({ url, bytes }, n) => (url === undefined ? [] : [{ item: id, n, bytes, url }]))

async function fetchImage(collector: Client, { item, n, bytes, url }: Wanted): Promise<Image | Missing> {
  const found = await collector.backup.image(url)
  if (!found.ok) {
    if (found.problem.status === 404) return { type: 'missing', item, n, reason: 'the file is not there any more' }
    throw failureOf(found.problem)
  }
  const data = Buffer.from(found.value)
  if (data.length !== bytes) {
    return { type: 'missing', item, n, reason: `the file has ${data.length} bytes instead of ${bytes}` }
  }
  return { type: 'image', item, n, bytes, data: data.toString('base64') }
}
