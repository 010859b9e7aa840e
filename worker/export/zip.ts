import { configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js'

// It lets as many entries be written at a time as there are processors, whoever asks for them: an archive within an
// archive would wait for itself, and one request for another, which the platform does not wake. Entries are made only
// as they are read, so nothing needs to wait.
configure({ maxWorkers: Number.MAX_SAFE_INTEGER })

/** A file of an archive, with its bytes as they are made. */
export interface ZipEntry {
  name: string
  bytes: AsyncIterable<Uint8Array>
  /** For what is compressed already. */
  isStored?: boolean
}

export interface ZipOptions {
  /** False for programs that read no archives or entries beyond 4 GB: such a one then breaks. */
  zip64?: false
}

/** Bytes that may wait for whoever reads the archive before more are made. */
const waitingMax = 256_000

/**
 * Streams a ZIP archive, entry by entry, compressed by the platform, in constant memory. Nothing is made before it is
 * asked for: the platform's compressor takes whatever it is given and hands it on a little at each turn of the event
 * loop, so entries wait here until all of it came out and was read. A failure of an entry breaks the stream, and an
 * archive without its directory, which stands at the end, opens nowhere.
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, { zip64 }: ZipOptions = {}): ReadableStream<Uint8Array> {
  let wake = (): void => undefined
  let cancelled = false
  let written = 0
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const demand = async (): Promise<void> => {
          for (let before = -1; before !== written;) {
            before = written
            await new Promise((resolve) => setTimeout(resolve, 0))
          }
          while ((controller.desiredSize ?? 0) <= 0 && !cancelled)
            await new Promise<void>((resolve) => (wake = resolve))
          if (cancelled) throw new Error('Nobody reads this archive any more.')
        }
        const sink = new WritableStream<Uint8Array>({
          write: (chunk) => {
            written += chunk.length
            controller.enqueue(chunk)
          },
        })
        // Not waited for: this is what the stream does for as long as it is read.
        write(sink, entries, demand, zip64).then(
          () => controller.close(),
          (error: unknown) => controller.error(error),
        )
      },
      pull: () => wake(),
      cancel: () => {
        cancelled = true
        wake()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: waitingMax }),
  )
}

async function write(
  sink: WritableStream<Uint8Array>,
  entries: AsyncIterable<ZipEntry>,
  demand: () => Promise<void>,
  zip64: false | undefined,
): Promise<void> {
  const zip = new ZipWriter(sink, {
    useWebWorkers: false,
    useCompressionStream: true,
    keepOrder: true,
    ...(zip64 === undefined ? {} : { zip64 }),
  })
  for await (const { name, bytes, isStored = false } of entries) {
    const iterator = bytes[Symbol.asyncIterator]()
    const readable = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await demand()
          const { done, value } = await iterator.next()
          if (done === true) controller.close()
          else controller.enqueue(value)
        },
      },
      { highWaterMark: 0 },
    )
    await zip.add(name, readable, { level: isStored ? 0 : 6 })
  }
  await zip.close()
}
