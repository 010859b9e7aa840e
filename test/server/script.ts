import { createClient } from '../../sdk/server/index.ts'
import type { Client, ClientOptions, Fetch } from '../../sdk/server/index.ts'

/** One request, as the client made it. */
export interface Asked {
  method: string
  url: URL
  headers: Headers
  body: string | null
  redirect: string | undefined
}

/** What a test answers: a response, or something thrown. */
export type Reply = (asked: Asked) => Response

export interface Scripted {
  earshot: Client
  asked: Asked[]
  /** The pauses between attempts, in milliseconds. */
  pauses: number[]
}

export const key = `sec_${'a'.repeat(40)}`
export const now = Date.parse('2026-11-22T09:30:00Z')

/** A client whose answers are given in order, the last one again and again; time stands still and chance is `random`. */
export function scripted(replies: Reply[], options: Partial<ClientOptions> = {}, random = 0.5): Scripted {
  const asked: Asked[] = []
  const pauses: number[] = []
  const fetch: Fetch = (url, init) => {
    const one: Asked = {
      method: init.method ?? 'GET',
      url: new URL(url),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? init.body : null,
      redirect: init.redirect,
    }
    asked.push(one)
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('This operation was aborted', 'AbortError')))
      const reply = replies[Math.min(asked.length, replies.length) - 1]
      if (reply === silence) return
      try {
        if (reply) resolve(reply(one))
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }
  const clock = {
    now: () => now,
    random: () => random,
    pause: (ms: number) => {
      pauses.push(ms)
      return Promise.resolve()
    },
  }
  return {
    earshot: createClient({ endpoint: 'https://feedback.example.com/in/', key, fetch, clock, ...options }),
    asked,
    pauses,
  }
}

export const json =
  (value: unknown, status = 200): Reply =>
  () =>
    Response.json(value, { status })

export const problem =
  (status: number, code: string, headers: Record<string, string> = {}): Reply =>
  () =>
    new Response(JSON.stringify({ title: code, status, detail: `It is ${code}.`, code, requestId: 'r1' }), {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    })

export const page =
  (status: number, headers: Record<string, string> = {}): Reply =>
  () =>
    new Response('<h1>Hello</h1>', { status, headers: { 'content-type': 'text/html', ...headers } })

/** The connection breaks before an answer. */
export const broken: Reply = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

/** Nobody answers. */
export const silence: Reply = () => new Response()

/** An answer whose body breaks off behind `text`. */
export const cut =
  (text: string, headers: Record<string, string> = {}): Reply =>
  () => {
    let sent = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) controller.error(new TypeError('terminated', { cause: new Error('other side closed') }))
        else controller.enqueue(new TextEncoder().encode(text))
        sent = true
      },
    })
    return new Response(body, { headers: { 'content-type': 'application/json', ...headers } })
  }

export const ndjson =
  (lines: readonly object[], headers: Record<string, string> = {}): Reply =>
  () =>
    new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
      headers: { 'content-type': 'application/x-ndjson', ...headers },
    })
