import type { TimeLimit } from './limit.ts'
import { EarshotError, failed } from './problem.ts'
import { aborted, causeOf } from './request.ts'

/**
 * The pieces of an answer's body as they come. Leaving early closes the connection.
 *
 * @throws EarshotError `incomplete` where it breaks off or falls silent
 */
export async function* readChunks(response: Response, limit: TimeLimit): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  // A body need not know the signal of its request.
  limit.signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined))
  let ended = false
  try {
    while (reader !== undefined) {
      limit.restart()
      const { done, value } = await reader.read()
      // Whoever reads may take as long as it likes.
      limit.pause()
      if (limit.over() !== null) throw new Error('given up')
      ended = done
      if (done) return
      yield value
    }
  } catch (error) {
    const over = limit.over()
    if (over === 'aborted') throw new EarshotError(aborted())
    const cause = over === 'late' ? new Error('it fell silent') : error
    const why = `the connection broke (${causeOf(cause)})`
    throw new EarshotError(failed('incomplete', `The export is not whole: ${why}. Ask again.`).problem, { cause })
  } finally {
    limit.end()
    if (!ended) await reader?.cancel().catch(() => undefined)
  }
}

/** The lines of NDJSON, whatever pieces they come in; empty ones are passed over. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield line
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield rest
}

/** An iterable as a stream; an error of the one breaks the other. */
export function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
