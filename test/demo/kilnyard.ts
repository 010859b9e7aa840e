import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Submission } from '../../sdk/wire/index.ts'
import { buildWidget } from '../../widget/build.mjs'

type BuildDemo = (outDir: string, settings: { key: string; version: string }) => Promise<void>

export const key = 'pub_0123456789abcdefghijklmn'

/** Kilnyard as it is deployed: its pages and the widget on one origin, and a collector that stores everything. */
export interface Kilnyard {
  origin: string
  /** Where the files lie. */
  folder: string
  submissions: Submission[]
  stop(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** Builds the pages and gives the folder; enough for tests that only read them. */
export async function buildPages(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-demo-'))
  const build = pathToFileURL(join(import.meta.dirname, '../../examples/demo/build.mjs')).href
  const { buildDemo } = (await import(build)) as { buildDemo: BuildDemo }
  await buildDemo(folder, { key, version })
  return folder
}

export async function startKilnyard(): Promise<Kilnyard> {
  const folder = await buildPages('1.2.3')
  await buildWidget(folder)
  const submissions: Submission[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://kilnyard')
      if (pathname === '/v1/feedback') {
        const submission = await readJson(request)
        submissions.push(submission)
        response.writeHead(201, { 'content-type': 'application/json' })
        const receipt = {
          id: submission.id,
          reference: 'K7M4XQ2P',
          receivedAt: new Date().toISOString(),
          notes: [],
          edit: 'e',
        }
        return response.end(JSON.stringify(receipt))
      }
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname
      const file = await readFile(join(folder, path)).catch(() => null)
      response.writeHead(file ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/json' })
      return response.end(file ?? '{}')
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    folder,
    submissions,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}

async function readJson(request: AsyncIterable<Buffer>): Promise<Submission> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString()) as Submission
}
