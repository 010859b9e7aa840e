import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came in. */
export interface Seen {
  method: string
  url: URL
  authorization: string | undefined
  body: string
}

/** A collector that answers as a test says, in order; the last answer goes on. */
export interface FakeCollector {
  endpoint: string
  seen: Seen[]
  stop(): Promise<void>
}

export type Answer = (request: Seen, response: ServerResponse) => void

export async function fakeCollector(...answers: Answer[]): Promise<FakeCollector> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const arrived: Seen = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://collector'),
        authorization: request.headers.authorization,
        body: await readBody(request),
      }
      seen.push(arrived)
      const answer = answers[Math.min(seen.length, answers.length) - 1]
      answer?.(arrived, response)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Stores every line of an import; `refuse` may give a reason instead. Remembers ids, so repeats are known. */
export function storing(refuse: (item: Record<string, unknown>) => string | null = () => null): Answer {
  const ids = new Set<unknown>()
  return (request, response) => {
    const results = request.body
      .split('\n')
      .filter(Boolean)
      .map((text, index) => {
        const item = JSON.parse(text) as Record<string, unknown>
        const reason = refuse(item)
        if (reason) return { line: index + 1, id: item['id'], result: 'refused', reason }
        const result = ids.has(item['id']) ? 'repeated' : 'stored'
        ids.add(item['id'])
        return { line: index + 1, id: item['id'], result }
      })
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.end(results.map((result) => `${JSON.stringify(result)}\n`).join(''))
  }
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    response.end(JSON.stringify({ title: code, status, detail: `It is ${code}.`, code, requestId: 'r1' }))
  }
}

/** Answers each address by its own, `GET /v1/access` for one. */
export function routes(answers: Record<string, Answer>): Answer {
  return (request, response) => {
    const answer = answers[`${request.method} ${request.url.pathname}`] ?? problem(404, 'not-found')
    answer(request, response)
  }
}

export function json(value: unknown, status = 200): Answer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
}

/** Several answers of one address, in order; the last one goes on. */
export function inTurn(...answers: Answer[]): Answer {
  let next = 0
  return (request, response) => answers[Math.min(next++, answers.length - 1)]?.(request, response)
}

/** An export: the header says `rows`, the body is `body`; with `cutAt` the connection breaks after so many bytes. */
export function exporting(rows: number, body: string, cutAt?: number): Answer {
  return (_, response) => {
    response.writeHead(200, { 'earshot-rows': String(rows) })
    if (cutAt === undefined) response.end(body)
    else response.write(body.slice(0, cutAt), () => setTimeout(() => response.destroy(), 50))
  }
}

export function itemsOf(collector: FakeCollector): Record<string, unknown>[] {
  return collector.seen.flatMap(({ body }) =>
    body
      .split('\n')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Record<string, unknown>),
  )
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
