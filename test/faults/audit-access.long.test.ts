import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PasskeyOptions, SignInLink } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { addMember, insertSession } from '../requests/principals.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { newId } from '../support/system.ts'
import { invite, makeVisitor, type Visitor } from '../support/visitor.ts'
import { type Change, crashAtEachCall } from './auditing.ts'
import { ask, interruptedBy, rows } from './collector.ts'
import { record } from './record.ts'

let raw: RawSystem
let other: { project: string; secretKey: string }
beforeAll(async () => {
  raw = await serveRaw({ quiet: true })
  other = await raw.addProject('Other')
})
afterAll(() => raw.stop())

/** What a run needs to know of what was made for it; `ready` gives it as JSON. */
interface Ready {
  /** The member's id, whose cookie follows from it. */
  member: string
  url: string
  path: string
  body: object
}
const asReady = (ready: Partial<Ready>) => JSON.stringify(ready)
const readyOf = (text: string) => JSON.parse(text) as Ready

/** A bare address has no passkeys; the same collector by its name has. */
const byName = () => raw.origin.replace('127.0.0.1', 'localhost')
const named = (headers: Record<string, string> = {}) => makeVisitor(byName(), headers)
const cookieOf = (member: string) => ({ cookie: `earshot_session=${member}` })

const signedIn = async (project = raw.project) => {
  const member = newId()
  await addMember(raw, { id: member, project, role: 'viewer' })
  return member
}
const send = (who: Visitor, method: string, path: string, body?: object) =>
  who.ask(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
const byMember =
  (method: string, wanted?: string) =>
  (text: string, headers: Record<string, string>): Promise<Response> => {
    const { member, path, body } = readyOf(text)
    return send(makeVisitor(raw.origin, { ...headers, ...cookieOf(member) }), method, wanted ?? path, body)
  }
const press =
  (fields: Record<string, string>) =>
  (text: string, headers: Record<string, string>): Promise<Response> => {
    const { url, member } = readyOf(text)
    return makeVisitor(raw.origin, { ...headers, ...(member && cookieOf(member)) }).press(url, fields)
  }

const signInLink = async () => {
  const member = await signedIn()
  const made = await ask(raw, 'POST', '/v1/sign-in-links', { member })
  return ((await made.json()) as SignInLink).url
}
const invitation = async () => (await invite(raw, { role: 'viewer' })).url

const withPasskey = async () => {
  const [member, id] = [await signedIn(), newId()]
  await raw.sql(
    `INSERT INTO passkey (id, credential, member, name, public_key, counter, transports, synced, created_at)
    VALUES ('${id}', 'of ${id}', '${member}', 'Own', '', 0, '[]', 0, 0)`,
  )
  return asReady({ member, path: `/v1/passkeys/${id}` })
}
/** What a browser makes a passkey of, with the authenticator that has it. */
const newPasskey = async () => {
  const [member, authenticator] = [await signedIn(), makeAuthenticator(byName())]
  const { publicKey } = await named(cookieOf(member)).json<PasskeyOptions>('POST', '/v1/passkeys/options')
  return { member, authenticator, body: { name: 'Own', credential: authenticator.create(publicKey) } }
}
const twice = async () => {
  const [member, id] = [await signedIn(), newId()]
  await raw.sql(insertSession(member, `hash of ${id}`, id))
  return asReady({ member, path: `/v1/sessions/${id}` })
}

const changes: Change[] = [
  {
    action: 'sign-in-link.create',
    how: 'by a key',
    ready: async () => asReady({ member: await signedIn() }),
    send: (text, headers) => ask(raw, 'POST', '/v1/sign-in-links', { member: readyOf(text).member }, headers),
  },
  {
    action: 'sign-in-link.create',
    how: 'of one’s own',
    ready: async () => asReady({ member: await signedIn(), body: {} }),
    send: byMember('POST', '/v1/sign-in-links'),
  },
  {
    action: 'sign-in-link.create',
    how: 'by whoever runs the deployment',
    ready: async () => asReady({ member: await signedIn() }),
    send: (text, headers) =>
      fetch(`${raw.origin}/v1/setup/sign-in-links`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${raw.setupToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ member: readyOf(text).member }),
      }),
  },
  {
    action: 'session.create',
    how: 'by a link',
    ready: async () => asReady({ url: await signInLink() }),
    send: press({}),
  },
  {
    action: 'session.create',
    how: 'by a passkey',
    ready: async () => {
      const { member, authenticator, body } = await newPasskey()
      expect((await send(named(cookieOf(member)), 'POST', '/v1/passkeys', body)).status).toBe(201)
      const { publicKey } = await named().json<PasskeyOptions>('POST', '/v1/sign-in/options')
      return asReady({ body: { credential: authenticator.get(publicKey) } })
    },
    send: (text, headers) => send(named(headers), 'POST', '/v1/sign-in', readyOf(text).body),
  },
  {
    action: 'session.end',
    how: 'of one',
    ready: twice,
    send: byMember('DELETE'),
  },
  {
    action: 'session.end',
    how: 'everywhere else',
    ready: twice,
    send: byMember('DELETE', '/v1/sessions'),
  },
  {
    action: 'session.end',
    how: 'everywhere, by an admin',
    ready: async () => asReady({ member: await signedIn() }),
    send: (text, headers) =>
      ask(raw, 'DELETE', `/v1/members/${readyOf(text).member}/sessions?passkeys=close`, undefined, headers),
  },
  {
    action: 'invitation.accept',
    how: 'by somebody new',
    ready: async () => asReady({ url: await invitation() }),
    send: press({ as: 'new', name: 'Newcomer' }),
  },
  {
    action: 'invitation.accept',
    how: 'by a member of another project',
    ready: async () => asReady({ url: await invitation(), member: await signedIn(other.project) }),
    send: press({ as: 'member' }),
  },
  {
    action: 'passkey.create',
    ready: async () => {
      const { member, body } = await newPasskey()
      return asReady({ member, body })
    },
    send: (text, headers) => {
      const { member, body } = readyOf(text)
      return send(named({ ...headers, ...cookieOf(member) }), 'POST', '/v1/passkeys', body)
    },
  },
  {
    action: 'passkey.update',
    ready: async () => asReady({ ...readyOf(await withPasskey()), body: { name: 'Renamed' } }),
    send: byMember('PATCH'),
  },
  { action: 'passkey.delete', ready: withPasskey, send: byMember('DELETE') },
]

/** Everything that such a change can be seen in, whole or in part. */
const standing = `SELECT (SELECT json_group_array(hash || id) FROM member_session),
  (SELECT json_group_array(hash) FROM member_link), (SELECT json_group_array(id) FROM invitation),
  (SELECT json_group_array(id) FROM member), (SELECT json_group_array(member || project) FROM membership),
  (SELECT json_group_array(id || name || counter) FROM passkey)`

describe('a crash at any call to the database leaves the change and its entry in the audit log, or neither:', () => {
  crashAtEachCall(() => raw, changes, standing)
})

const sessions = async () => (await rows<{ id: string }>(raw, 'SELECT id FROM member_session')).map(({ id }) => id)

/** Runs it, and answers with the ids of the sessions that began, and with what the audit log has of sessions that did. */
async function beginningsOf(run: () => Promise<unknown>) {
  const log = () =>
    rows<{ project: string; id: string }>(
      raw,
      `SELECT project, id, action, actor, actor_name, target, after FROM audit
      WHERE action IN ('session.create', 'invitation.accept') ORDER BY at, project`,
    )
  const [before, logged] = [await sessions(), await log()]
  await run()
  const ids = new Set(logged.map(({ id }) => id))
  return {
    begun: (await sessions()).filter((id) => !before.includes(id)),
    entries: (await log()).filter(({ id }) => !ids.has(id)).map(({ id: _id, ...entry }) => entry),
  }
}

const ways = [
  { how: 'a link', make: signInLink, fields: {}, action: 'session.create', method: 'link' },
  {
    how: 'an invitation',
    make: invitation,
    fields: { as: 'new', name: 'Grace' },
    action: 'invitation.accept',
    method: 'invitation',
  },
] as const

describe.each(ways)('a session by $how', ({ make, fields, action, method }) => {
  it('is not made where its entry cannot be written, and is once it can', async () => {
    const url = await make()
    const nothing = await beginningsOf(async () => {
      const failing = makeVisitor(raw.origin, interruptedBy({ call: 0, words: 'INTO audit' }))
      const { status, headers } = await failing.press(url, fields)
      expect([status, headers.get('retry-after'), headers.get('set-cookie')]).toEqual([
        503,
        expect.stringMatching(/^\d+$/),
        null,
      ])
    })
    expect(nothing).toEqual({ begun: [], entries: [] })
    const visitor = makeVisitor(raw.origin)
    const { begun, entries } = await beginningsOf(() => visitor.press(url, fields))
    const { id, name } = (await visitor.session()).member
    expect(begun).toHaveLength(1)
    expect(entries).toEqual([
      {
        project: raw.project,
        action,
        actor: id,
        actor_name: name,
        target: begun[0],
        after: JSON.stringify({ method }),
      },
    ])
    record({})
  })

  it('begins once, with one entry, for several who come at once', async () => {
    const url = await make()
    const { begun, entries } = await beginningsOf(async () => {
      const pressed = await Promise.all([1, 2, 3, 4].map(() => makeVisitor(raw.origin).press(url, fields)))
      expect(pressed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 403, 403, 403])
    })
    expect([begun.length, entries.length]).toEqual([1, 1])
    record({})
  })
})

it('a session stands in the log of each project that it opens, and of no other', async () => {
  const [member, further] = [await signedIn(), await raw.addProject('Further')]
  for (const project of [other.project, further.project]) {
    await raw.sql(`INSERT INTO membership (member, project, role) VALUES ('${member}', '${project}', 'viewer')`)
  }
  const opened = [raw.project, other.project].toSorted()
  await raw.sql(`UPDATE member_session SET projects = '${JSON.stringify(opened)}' WHERE member = '${member}'`)
  const visitor = makeVisitor(raw.origin, cookieOf(member))
  const { url } = await visitor.json<SignInLink>('POST', `/v1/sign-in-links?project=${raw.project}`, {})
  const { entries } = await beginningsOf(() => makeVisitor(raw.origin).press(url))
  expect(entries.map(({ project }) => project)).toEqual(opened)
  record({})
})
