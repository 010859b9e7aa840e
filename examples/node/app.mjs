import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { renderPage } from './page.mjs'

const users = { ada: { id: 'u_42', name: 'Ada Lovelace', email: 'ada@example.com' } }
const bodyMaxBytes = 64_000
const here = import.meta.dirname
const files = {
  '/page.css': [path.join(here, '../page.css'), 'text/css'],
  '/page.js': [path.join(here, 'page.js'), 'text/javascript'],
}

/** The app as a `node:http` server. Its sign-in stands where yours does. */
export function createApp({ feedback, endpoint, key }) {
  const sessions = new Map()
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' ${endpoint}`,
      `connect-src 'self' ${endpoint}`,
      "style-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  }

  const routes = {
    'GET /': ({ user, url }) => ({
      type: 'text/html',
      body: renderPage({ user, state: url.searchParams.get('sent') ?? '', endpoint, key }),
    }),
    'POST /sign-in': () => {
      const session = randomUUID()
      sessions.set(session, users.ada)
      return { to: '/', cookie: `session=${session}; HttpOnly; SameSite=Lax; Path=/` }
    },
    'POST /sign-out': ({ session }) => {
      sessions.delete(session)
      return { to: '/', cookie: 'session=; Max-Age=0; Path=/' }
    },
    // For whoever is signed in here, and for nobody else. Never kept by a cache.
    'GET /earshot-token': async ({ user }) =>
      user
        ? { type: 'text/plain', body: await feedback.tokenFor(user) }
        : { status: 401, type: 'text/plain', body: 'Sign in first.' },
    'POST /support': async ({ user, form }) => {
      const message = form.get('message')?.trim() ?? ''
      if (!message) return { to: '/?sent=empty' }
      const email = user?.email ?? form.get('email')?.trim()
      const sent = await feedback.send(user, { kind: 'question', message, email: email || undefined })
      return { to: `/?sent=${sent.state}` }
    },
  }

  const answer = async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const route = routes[`${request.method} ${url.pathname}`]
    const file = files[url.pathname]
    if (!route && !file)
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.')
    if (!route) return void response.writeHead(200, { 'content-type': file[1] }).end(await readFile(file[0]))
    const form = await readForm(request)
    if (!form) return void response.writeHead(413, { 'content-type': 'text/plain' }).end('That is too long.')
    const session = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const { to, cookie, status = 200, type, body } = await route({ url, form, session, user: sessions.get(session) })
    if (cookie) response.setHeader('set-cookie', cookie)
    if (to) return void response.writeHead(303, { location: to }).end()
    const own = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }
    response.writeHead(status, { ...headers, ...own }).end(body)
  }
  return createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('Something went wrong here. Please try again.')
    })
  })
}

/** The fields of a form, or null where there is too much of it. */
async function readForm(request) {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > bodyMaxBytes) return null
  }
  return new URLSearchParams(text)
}
