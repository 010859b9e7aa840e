import type { CreatedInvitation, NewInvitation, Session } from '../../sdk/wire/index.ts'
import type { System } from './system.ts'

/** Somebody at a browser of their own: keeps the cookie, and asks as the console's own pages do. */
export interface Visitor {
  /** The cookie as it would be sent; `''` before anything was set. */
  cookie(): string
  ask(path: string, init?: RequestInit): Promise<Response>
  /** The same with JSON, both ways. */
  json<T>(method: string, path: string, body?: object): Promise<T>
  /** Opens a sign-in link, or an invitation's, and presses its button. */
  press(url: string, fields?: Record<string, string>): Promise<Response>
  session(): Promise<Session>
}

export function makeVisitor(origin: string, headers: Record<string, string> = {}): Visitor {
  let cookie = ''
  const ask: Visitor['ask'] = async (path, init) => {
    const response = await fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...headers,
        ...(cookie === '' ? {} : { cookie }),
        ...(init?.headers as Record<string, string> | undefined),
      },
    })
    const set = response.headers.get('set-cookie')?.split(';')[0]
    if (set !== undefined) cookie = set
    return response
  }
  const json = async <T>(method: string, path: string, body?: object) => {
    const withBody = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await ask(path, { method, ...(body === undefined ? {} : withBody) })
    return (response.status === 204 ? null : await response.json()) as T
  }
  return {
    cookie: () => cookie,
    ask,
    json,
    press: (url, fields = {}) => {
      const { pathname, searchParams } = new URL(url)
      const body = new URLSearchParams({ token: searchParams.get('token') ?? '', ...fields })
      return ask(pathname, { method: 'POST', body })
    },
    session: () => json<Session>('GET', '/v1/session'),
  }
}

/** Invites somebody with the project's key; answers with the link. */
export async function invite(system: Pick<System, 'call'>, wish: NewInvitation): Promise<CreatedInvitation> {
  const response = await system.call('/v1/invitations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  })
  if (response.status !== 201) throw new Error(`Not invited: ${await response.text()}`)
  return (await response.json()) as CreatedInvitation
}

/** A new member of a project, signed in. */
export async function join(
  system: Pick<System, 'call' | 'origin'>,
  name: string,
  role: NewInvitation['role'],
): Promise<Visitor> {
  const visitor = makeVisitor(system.origin)
  const { url } = await invite(system, { role, email: `${name.toLowerCase()}@example.com` })
  const response = await visitor.press(url, { as: 'new', name })
  if (response.status !== 303) throw new Error(`Not joined: ${response.status}`)
  return visitor
}
