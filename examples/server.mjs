/**
 * A small web server for the examples: the files of one folder, with `{{endpoint}}` and `{{key}}` filled in.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/**
 * Serves a folder on 127.0.0.1.
 *
 * @param {object} options
 * @param {string} options.folder where the files are; a path without an extension gives `index.html`
 * @param {string} options.endpoint the collector, such as `http://localhost:8787`
 * @param {string} options.key the project's publishable key
 * @param {number} options.port 0 picks a free one
 * @param {Record<string, string>} [options.headers] sent with every file
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serveFolder({ folder, endpoint, key, port, headers = {} }) {
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    // Without an extension it is a view of the app, which one page shows.
    const name = path.extname(pathname) ? pathname : '/index.html'
    try {
      // The sheet is the same for all of them.
      const home = name === '/page.css' ? import.meta.dirname : folder
      const text = await readFile(path.join(home, path.normalize(name)), 'utf8')
      response.writeHead(200, { 'content-type': `${types[path.extname(name)]}; charset=utf-8`, ...headers })
      response.end(text.replaceAll('{{endpoint}}', endpoint).replaceAll('{{key}}', key))
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' })
      response.end('There is no such file.')
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
