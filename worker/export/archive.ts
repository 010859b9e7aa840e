import type { StoredAttachment } from '../storage/row.ts'
import { type Column, listed } from './column.ts'
import type { Format, Pages } from './pages.ts'
import { type ZipEntry, zipStream } from './zip.ts'

/** An image that goes along with a table. */
export interface ArchiveImage {
  /** The item's id. */
  item: string
  /** From 0. */
  n: number
  /** The key of its object. */
  file: string
  /** Its path in the archive. */
  name: string
}

/** Reads an image; null where it is not there any more. */
export type ReadImage = (file: string) => Promise<ReadableStream<Uint8Array> | null>

const extensions: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }

/**
 * Names the images of items, each for the item's reference and its number there, as a link to it does. Two items may
 * share a reference; then the whole id tells.
 *
 * @example nameImages([{ id, reference: 'K7M4XQ2P', attachments }])[0].name // 'images/K7M4XQ2P-1.png'
 */
export function nameImages(
  items: readonly { id: string; reference: string; attachments?: readonly StoredAttachment[] }[],
): ArchiveImage[] {
  const references = new Set<string>()
  return items.flatMap(({ id, reference, attachments = [] }) => {
    const own = references.has(reference) ? id : reference
    references.add(reference)
    return attachments.flatMap(({ file, type }, n) =>
      file === undefined ? [] : [{ item: id, n, file, name: `images/${own}-${n + 1}.${extensions[type] ?? 'bin'}` }],
    )
  })
}

/** The column that leads from a row to its images. */
export function imagesColumn(images: readonly ArchiveImage[]): Column {
  const names = new Map<string, string[]>()
  for (const { item, name } of images) names.set(item, [...(names.get(item) ?? []), name])
  return {
    key: 'images',
    header: 'Images in this archive',
    group: 'more',
    cell: ({ id }) => listed(names.get(id) ?? []),
    width: 24,
  }
}

/**
 * Streams an archive with the table and, after it, the images of its rows. An item that was erased meanwhile has no row,
 * and no image either. An image that is not there is named in a list of its own.
 */
export function streamArchive(
  format: Format,
  pages: Pages,
  images: readonly ArchiveImage[],
  read: ReadImage,
): ReadableStream<Uint8Array> {
  return zipStream(entries(format, pages, images, read))
}

async function* entries(
  format: Format,
  pages: Pages,
  images: readonly ArchiveImage[],
  read: ReadImage,
): AsyncGenerator<ZipEntry> {
  const written = new Set<string>()
  yield { name: `feedback.${format.extension}`, bytes: chunksOf(format.stream(noting(pages, written))) }
  const missing: ArchiveImage[] = []
  for (const image of images) {
    if (!written.has(image.item)) continue
    const bytes = await read(image.file)
    if (bytes === null) missing.push(image)
    // Images are compressed already.
    else yield { name: image.name, bytes: chunksOf(bytes), isStored: true }
  }
  if (missing.length > 0) yield { name: 'missing-images.txt', bytes: textOf(missing) }
}

/** Remembers which items got a row. */
async function* noting(pages: Pages, written: Set<string>): Pages {
  for (;;) {
    const page = await pages.next()
    if (page.done === true) return page.value
    for (const { id } of page.value) written.add(id)
    yield page.value
  }
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

async function* textOf(missing: readonly ArchiveImage[]): AsyncGenerator<Uint8Array> {
  const lines = missing.map(({ name, item, n }) => `${name}: image ${n + 1} of item ${item} is not there any more\r\n`)
  yield new TextEncoder().encode(lines.join(''))
}
