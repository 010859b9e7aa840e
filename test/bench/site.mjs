import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../../worker/dev/install.mjs'

/** A page of text and pictures, the same each time. */
export const content = `<main>${Array.from(
  { length: 60 },
  (_, i) =>
    `<section><h2>Part ${i}</h2><p>${'A sentence that somebody might read on a page like this. '.repeat(6)}</p><ul>${'<li>One thing</li><li>And another</li>'.repeat(4)}</ul></section>`,
).join('')}</main>`

/**
 * Serves pages from memory and the widget's files, compressed as an edge would send them.
 *
 * @param {Record<string, string>} files by path; those that end in `.js` are scripts, the others pages
 */
export async function serveSite(files) {
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const isScript = pathname.endsWith('.js')
    const own = files[pathname]
    const body = own ?? (await readFile(path.join(root, 'dist/site', pathname)).catch(() => null))
    if (pathname === '/v1/widget' || body === null) {
      response.writeHead(404, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      return response.end('{}')
    }
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'access-control-allow-origin': '*',
    })
    return response.end(gzipSync(body))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A page with this in its head. */
export const page = (head) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>${head}</head><body>${content}</body></html>`
