import { mask } from './mask.ts'
import { patch, safely } from './patch.ts'
import type { Note } from './index.ts'

/** What is told of one request. */
interface Asked {
  method: string
  url: string
  at: number
}

/** Notes requests by `fetch` and `XMLHttpRequest`: method, address, status and time. Bodies and headers are not read. */
export function recordRequests(note: Note, scrubAddress: (address: string) => string): () => void {
  const ask = (method: unknown, url: string): Asked => ({
    method: typeof method === 'string' ? method.toUpperCase() : 'GET',
    url,
    at: Date.now(),
  })
  const tell = ({ method, url, at }: Asked, status: number | string) =>
    safely(() => {
      // Ours, where the page gave us a `fetch` of its own.
      if (/[?&]key=pub_/.test(url)) return
      const address = scrubAddress(url)
      note('request', `${method} ${address} ${status}`, { method, url: address, status, ms: Date.now() - at }, at)
    })

  const undoFetch = patch(globalThis, 'fetch', (proceed, [input, init]) => {
    const asked = ask((init as RequestInit | undefined)?.method ?? (input as Request | undefined)?.method, urlOf(input))
    let answer: unknown
    try {
      answer = proceed()
    } catch (error) {
      tell(asked, nameOf(error))
      throw error
    }
    // What somebody else made of the promise is handed on as it is.
    if (!(answer instanceof Promise) || answer.constructor !== Promise || Reflect.ownKeys(answer).length > 0) {
      tell(asked, 'asked')
      return answer
    }
    // Handed on, too, so that a failure that the page does not handle stays one.
    return answer.then(
      (response: Response) => {
        tell(asked, response.status)
        return response
      },
      (error: unknown) => {
        tell(asked, nameOf(error))
        throw error
      },
    )
  })

  const pending = new WeakMap<object, Asked>()
  const { prototype } = globalThis.XMLHttpRequest ?? {}
  const undoOpen = patch(prototype, 'open', (proceed, [method, url], self) => {
    safely(() => pending.set(self as object, ask(method, urlOf(url))))
    return proceed()
  })
  const undoSend = patch(prototype, 'send', (proceed, _, self) => {
    safely(() => {
      const request = self as XMLHttpRequest
      const asked = pending.get(request)
      if (!asked) return
      asked.at = Date.now()
      request.addEventListener('loadend', () => tell(asked, request.status || 'failed'), { once: true })
    })
    return proceed()
  })
  return () => [undoFetch, undoOpen, undoSend].forEach((one) => one())
}

/** Of a text, a `URL` or a `Request`; of nothing else, since asking it could do something. */
function urlOf(input: unknown): string {
  if (typeof input === 'string') return input
  if (input instanceof URL) return input.href
  return input instanceof Request ? input.url : '?'
}

/** `AbortError`, `TypeError`. */
function nameOf(error: unknown): string {
  return mask(error instanceof Error ? error.name : 'failed')
}
