import { beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Access')
})

interface Operation {
  path: string
  method: string
  isPublic: boolean
  /** Whether it belongs to a member, so that keys are no use. */
  isMembers: boolean
}

const listOperations = async (): Promise<Operation[]> => {
  const { paths } = (await (await fetch(`${system.origin}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { tags?: string[]; operationId: string; security?: object[] }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags, operationId, security }]) => ({
      path: path.replaceAll(/\{[^}]+\}/g, system.project),
      method: method.toUpperCase(),
      isPublic: tags?.includes('Public') === true || operationId === 'deleteSession' || security?.length === 0,
      isMembers: security !== undefined && security.every((way) => 'session' in way),
    })),
  )
}

const signIn = async (url: string, headers: Record<string, string> = {}) => {
  const token = new URL(url).searchParams.get('token') ?? ''
  return fetch(`${system.origin}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: system.origin, ...headers },
    body: new URLSearchParams({ token }),
  })
}
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

describe('every private route', () => {
  it('refuses without a key, with a publishable key, with a broken key and with an unknown one', async () => {
    const operations = (await listOperations()).filter(
      ({ isPublic, path }) => !isPublic && !path.startsWith('/v1/setup'),
    )
    expect(operations.length).toBeGreaterThan(12)
    for (const { path, method, isMembers } of operations) {
      const cases: [key: string | null, code: string][] = [
        [null, 'no-key'],
        [system.publishableKey, 'wrong-key'],
        [system.secretKey.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')), 'unknown-key'],
        ['sec_short', 'unknown-key'],
      ]
      for (const [key, code] of cases) {
        if (path === '/v1/session' && key !== null) continue
        const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
        const response = await fetch(`${system.origin}${path}`, { method, headers })
        expect([method, path, response.status]).toEqual([method, path, 401])
        expect((await problemOf(response)).code).toBe(isMembers && key !== null ? 'wrong-key' : code)
      }
    }
  })

  it('stands in the OpenAPI document with every method that is mounted', async () => {
    const document = (await (await fetch(`${system.origin}/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, object>
    }
    expect(document.openapi).toBe('3.1.0')
    for (const path of Object.keys(document.paths)) {
      const response = await fetch(`${system.origin}${path.replaceAll(/\{[^}]+\}/g, 'x')}`, { method: 'TRACE' }).catch(
        () => null,
      )
      const asked =
        response ?? (await fetch(`${system.origin}${path.replaceAll(/\{[^}]+\}/g, 'x')}`, { method: 'REPORT' }))
      const allowed = (asked.headers.get('allow') ?? '').split(', ').filter((method) => method !== 'OPTIONS')
      const documented = Object.keys(document.paths[path] ?? {}).map((method) => method.toUpperCase())
      expect([path, allowed.toSorted()]).toEqual([path, documented.toSorted()])
    }
  })

  it('refuses a key that lacks the scope, and says which', async () => {
    const response = await system.call(`/v1/projects/${system.project}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'secret', name: 'Reader', scopes: ['read'] }),
    })
    expect(response.status).toBe(201)
    const { key, id } = (await response.json()) as { key: string; id: string }
    const as = (path: string, method = 'GET') =>
      fetch(`${system.origin}${path}`, { method, headers: { authorization: `Bearer ${key}` } })
    expect((await as('/v1/feedback')).status).toBe(200)
    for (const [path, method, scope] of [
      ['/v1/export?format=csv', 'GET', 'export'],
      ['/v1/import', 'POST', 'write'],
      [`/v1/feedback/${newId()}`, 'PATCH', 'write'],
      [`/v1/projects/${system.project}/keys`, 'GET', 'admin'],
    ] as const) {
      const refused = await as(path, method)
      expect(refused.status).toBe(403)
      expect((await problemOf(refused)).detail).toContain(`'${scope}'`)
    }
    const revoked = await system.call(`/v1/projects/${system.project}/keys/${id}`, { method: 'DELETE' })
    expect(revoked.status).toBe(204)
    expect((await as('/v1/feedback')).status).toBe(401)
  })

  it('keeps secret keys as a hash only, with their last use', async () => {
    const { items } = (await (await system.call(`/v1/projects/${system.project}/keys`)).json()) as {
      items: { type: string; hint: string; lastUsedAt: string | null }[]
    }
    expect(JSON.stringify(items)).not.toContain(system.secretKey)
    const first = items.find(({ type, hint }) => type === 'secret' && system.secretKey.startsWith(hint))
    expect(first?.lastUsedAt).not.toBeNull()
  })
})

describe('a sign-in link', () => {
  it('shows a button, works once, and gives a session that the console can use', async () => {
    const page = await fetch(system.signInUrl)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('Sign in')
    const response = await signIn(system.signInUrl)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/console/inbox')
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/i)
    const headers = { cookie: cookieOf(response), 'sec-fetch-site': 'same-origin' }
    const session = (await (await fetch(`${system.origin}/v1/session`, { headers })).json()) as Session
    expect(session.projects).toEqual([{ id: system.project, name: 'Access', role: 'admin' }])
    expect((await fetch(`${system.origin}/v1/feedback`, { headers })).status).toBe(200)
    const spent = await signIn(system.signInUrl)
    expect([spent.status, await spent.text()]).toEqual([403, expect.stringContaining('Sign in with a passkey')])
    // Whoever opens it twice is signed in by then, and is not sent to look for another way in.
    const again = await signIn(system.signInUrl, headers)
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('Open the console')])
    expect(again.headers.get('set-cookie')).toBeNull()
    await fetch(`${system.origin}/v1/session`, { method: 'DELETE', headers })
    expect((await fetch(`${system.origin}/v1/feedback`, { headers })).status).toBe(401)
  })

  it('is refused when it was never made', async () => {
    expect((await signIn(`${system.origin}/console/sign-in?token=nope`)).status).toBe(403)
  })

  it('can be made with an admin key', async () => {
    const response = await system.call('/v1/sign-in-links', { method: 'POST' })
    expect(response.status).toBe(201)
    const { url } = (await response.json()) as { url: string }
    expect((await signIn(url)).status).toBe(303)
  })

  it('cannot be pulled by another site, nor its session used from one', async () => {
    const { url } = (await (await system.call('/v1/sign-in-links', { method: 'POST' })).json()) as { url: string }
    const token = new URL(url).searchParams.get('token') ?? ''
    const forced = await fetch(`${system.origin}/console/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ token }),
    })
    expect(forced.status).toBe(403)
    const cookie = cookieOf(await signIn(url))
    const response = await fetch(`${system.origin}/v1/feedback`, {
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
    })
    expect(response.status).toBe(403)
    expect((await problemOf(response)).code).toBe('cross-site')
    const form = await fetch(`${system.origin}/v1/feedback/${newId()}`, {
      method: 'PATCH',
      headers: { cookie, origin: system.origin, 'content-type': 'text/plain' },
      body: '{"status":"done"}',
    })
    expect(form.status).toBe(415)
  })

  it('puts nothing of the token into the page but as text', async () => {
    const page = await (
      await fetch(`${system.origin}/console/sign-in?token=${encodeURIComponent('"><script>alert(1)</script>')}`)
    ).text()
    expect(page).not.toContain('<script>')
  })
})

describe('what is open', () => {
  it('answers the widget’s config with an ETag, fresh for an hour', async () => {
    const url = `${system.origin}/v1/widget?key=${system.publishableKey}`
    const response = await fetch(url, { headers: { origin: 'https://shop.example' } })
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600, stale-while-revalidate=86400')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({ project: { name: 'Access' }, email: 'optional' })
    const again = await fetch(url, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
    expect((await fetch(`${system.origin}/v1/widget?key=${system.secretKey}`)).status).toBe(401)
  })

  it('has no set-up without the deployment’s token', async () => {
    const response = await fetch(`${system.origin}/v1/setup`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(404)
  })

  it('answers 404 with no-store for a file that is not there', async () => {
    const response = await fetch(`${system.origin}/chunks/form.0000000000.js`)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('serves the launcher to every origin, for minutes, and the chunks for good', async () => {
    const launcher = await fetch(`${system.origin}/earshot.js`)
    expect(launcher.headers.get('access-control-allow-origin')).toBe('*')
    expect(launcher.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(launcher.headers.get('cache-control')).toBe('public, max-age=300')
    const chunk = /form\.[0-9a-f]{8}/.exec(await launcher.text())?.[0]
    expect((await fetch(`${system.origin}/chunks/${chunk}.js`)).headers.get('cache-control')).toContain('immutable')
  })

  it('serves the console under a strict policy', async () => {
    const page = await fetch(`${system.origin}/console/inbox?status=new`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
  })
})
