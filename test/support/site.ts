import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Submission, SurveyDisplay, WidgetConfig } from '../../sdk/wire/index.ts'

/** How the collector answers the next submissions. `cut` closes the connection without an answer. */
export type Behaviour = (submission: Submission, response: ServerResponse, request: IncomingMessage) => void

export interface Upload {
  path: string
  token: string | null
  type: string | undefined
  bytes: Buffer
}

/** Two origins: one with the page, one with the widget's files and a collector that does as the test says. */
export interface Site {
  /** The host page's origin. */
  page: string
  /** The collector's origin. */
  collector: string
  /** What arrived, repeats included. */
  submissions: Submission[]
  /** The ids that got a receipt, each as often as it did. */
  acknowledged: string[]
  /** Attachments as they were put: their place, token, type and bytes. */
  uploads: Upload[]
  /** How often surveys were shown, as it was told. */
  displays: SurveyDisplay[]
  /** Every request to the collector, as `GET /path`. */
  requests: string[]
  /** Sets the page that `page + '/'` gives, and `collector + '/'` for a page that hosts the widget itself. */
  serve: (html: string, headers?: Record<string, string>) => void
  behave: (behaviour: Behaviour) => void
  config: (config: Partial<WidgetConfig> | null) => void
  /** Answers this path of the collector with this status instead of the file. */
  fail: (path: RegExp, status: number) => void
  reset: () => void
  close: () => Promise<void>
}

export const key = 'pub_0123456789abcdefghijklmn'

/** Answers as the collector does when all is well. */
export const store: Behaviour = (submission, response) => {
  const receipt = {
    id: submission.id,
    reference: 'K7M4XQ2P',
    receivedAt: new Date().toISOString(),
    notes: [],
    edit: 'e',
    upload: submission.attachments?.map((_, n) => `u${n}`),
  }
  send(response, 201, receipt)
}

/** Answers with a problem. */
export const refuse =
  (status: number, code: string, headers: Record<string, string> = {}): Behaviour =>
  (_, response) =>
    send(
      response,
      status,
      {
        type: `https://earshot.dev/problems/${code}`,
        title: code,
        status,
        detail: `It is ${code}.`,
        code,
        requestId: 'r',
      },
      { 'content-type': 'application/problem+json', ...headers },
    )

/** Cuts the connection. */
export const cut: Behaviour = (_, __, request) => void request.socket.destroy()

/** Answers as a captive portal or a proxy does: friendly, and wrong. */
export const friendly =
  (status: number): Behaviour =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
    response.end('<h1>Welcome to the hotel</h1>')
  }

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after',
    ...headers,
  })
  response.end(JSON.stringify(body))
}

/** The one tag that a page needs. */
export function tag(site: Pick<Site, 'collector'>, attributes = ''): string {
  return `<script async src="${site.collector}/earshot.js" data-key="${key}" ${attributes}></script>`
}

/** The stub that keeps calls made before the script arrives. */
export const stub =
  '<script>window.earshot=window.earshot||function(){(earshot.q=earshot.q||[]).push(arguments)}</script>'

const files = join(import.meta.dirname, '../../dist/site')

/** Serves the widget as it was built before the tests. */
export async function startSite(): Promise<Site> {
  let html = ''
  let pageHeaders: Record<string, string> = {}
  let behaviour = store
  let config: Partial<WidgetConfig> | null = null
  let failures: { path: RegExp; status: number }[] = []
  const submissions: Submission[] = []
  const acknowledged: string[] = []
  const displays: SurveyDisplay[] = []
  const requests: string[] = []
  const uploads: Upload[] = []

  const givePage = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders })
    response.end(html)
  }
  const pages = createServer((_, response) => givePage(response))
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: asked, searchParams } = new URL(request.url ?? '/', 'http://collector')
    // `/own/` is a path of the customer's own domain that leads to the collector.
    const pathname = asked.replace(/^\/own(?=\/)/, '')
    requests.push(`${request.method} ${pathname}`)
    if (pathname === '/') return givePage(response)
    const failure = failures.find(({ path }) => path.test(pathname))
    if (failure) return send(response, failure.status, {})
    if (pathname === '/v1/feedback') {
      let body = ''
      for await (const chunk of request.setEncoding('utf8')) body += chunk
      const submission = JSON.parse(body) as Submission
      submissions.push(submission)
      response.on('finish', () => response.statusCode === 201 && acknowledged.push(submission.id))
      return behaviour(submission, response, request)
    }
    if (/^\/v1\/feedback\/.+\/attachments\/\d$/.test(pathname)) {
      const allowed = { 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'content-type' }
      if (request.method === 'OPTIONS') return send(response, 204, undefined, allowed)
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const { 'content-type': type } = request.headers
      uploads.push({ path: pathname, token: searchParams.get('upload'), type, bytes: Buffer.concat(parts) })
      return send(response, 201, {})
    }
    if (pathname === '/v1/displays') {
      let body = ''
      for await (const chunk of request.setEncoding('utf8')) body += chunk
      displays.push(...(JSON.parse(body) as { displays: SurveyDisplay[] }).displays)
      response.writeHead(204, { 'access-control-allow-origin': '*' })
      return response.end()
    }
    if (pathname === '/v1/widget') {
      return send(response, config ? 200 : 404, config, { 'cache-control': 'public, max-age=3600' })
    }
    const file = await readFile(join(files, pathname)).catch(() => null)
    response.writeHead(file ? 200 : 404, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' })
    return response.end(request.method === 'HEAD' ? undefined : file)
  }
  const collector = createServer((request, response) => void answer(request, response))

  const site: Site = {
    page: await listen(pages),
    collector: await listen(collector),
    submissions,
    acknowledged,
    uploads,
    displays,
    requests,
    serve(next, headers = {}) {
      html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A shop</title>${next}`
      pageHeaders = headers
    },
    behave: (next) => (behaviour = next),
    config: (next) => (config = next),
    fail: (path, status) => failures.push({ path, status }),
    reset() {
      behaviour = store
      config = null
      failures = []
      submissions.length = acknowledged.length = displays.length = uploads.length = requests.length = 0
    },
    close: async () => {
      await Promise.all([pages, collector].map(stop))
    },
  }
  return site
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
