import { beforeAll, describe, expect, it } from 'vitest'
import {
  builtInStatuses,
  type Key,
  type Project,
  type ProjectUsage,
  type WidgetSettings,
} from '../../sdk/wire/index.ts'
import { newId, problemOf, startSystem, type System } from '../support/system.ts'

let system: System
let at: string
beforeAll(async () => {
  system = await startSystem('Settings')
  at = `/v1/projects/${system.project}`
})

const patch = (body: object, ifMatch?: number) =>
  system.call(at, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }) },
    body: JSON.stringify(body),
  })
const read = async () => (await (await system.call(at)).json()) as Project
const usage = async () => (await (await system.call(`${at}/usage`)).json()) as ProjectUsage
const none = { count: 0, exact: true }
const one = { count: 1, exact: true }
const triage = (id: string, body: object) =>
  system.call(`/v1/feedback/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('a project', () => {
  it('gives its widget’s settings with their defaults, and as they were set', async () => {
    const widget = async () => (await (await system.call(`${at}/widget`)).json()) as WidgetSettings
    const before = await widget()
    expect(before).toMatchObject({ project: { name: 'Settings' }, email: 'optional', rating: null, attachments: true })
    expect(before.kinds.map(({ key }) => key)).toEqual(['bug', 'idea', 'praise', 'question'])
    const set = { kinds: [{ key: 'bug', prompt: 'What broke?' }], next: 'We read on Mondays.' }
    expect((await patch({ widget: set })).status).toBe(200)
    expect(await widget()).toMatchObject({ ...set, email: 'optional', revision: before.revision + 1 })
  })

  it('says where the widget’s settings are at fault', async () => {
    const kinds = [{ key: 'bug' }, { key: 'Not so' }, { key: 'bug' }]
    const refused = await patch({ widget: { kinds, privacyUrl: 'ftp://x', mayContact: { text: '', version: '1' } } })
    expect(refused.status).toBe(422)
    const paths = (await problemOf(refused)).issues?.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['widget.kinds.1.key', 'widget.privacyUrl', 'widget.mayContact.text']))
    const twice = await problemOf(await patch({ widget: { kinds: [{ key: 'bug' }, { key: 'bug' }] } }))
    expect(twice.issues).toEqual([{ path: 'widget.kinds.1.key', reason: 'stands there twice' }])
  })

  it('refuses to write over what somebody set meanwhile', async () => {
    const { revision } = await read()
    expect((await patch({ weekStart: 'sunday' }, revision)).status).toBe(200)
    const late = await patch({ timeZone: 'Europe/Berlin' }, revision)
    expect(late.status).toBe(409)
    expect((await problemOf(late)).code).toBe('conflict')
    expect(await read()).toMatchObject({ weekStart: 'sunday', timeZone: 'UTC', revision: revision + 1 })
  })

  it('loses nothing of several changes at once', async () => {
    const { revision } = await read()
    const all = await Promise.all([
      patch({ name: 'Renamed' }),
      patch({ timeZone: 'Europe/Vienna' }),
      patch({ widget: { email: 'required' } }),
    ])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await read()).toMatchObject({ name: 'Renamed', timeZone: 'Europe/Vienna', revision: revision + 3 })
    const widget = (await (await system.call(`${at}/widget`)).json()) as WidgetSettings
    expect(widget).toMatchObject({ email: 'required', next: 'We read on Mondays.' })
  })

  it('names what it does not know, each by itself and not all of a flood', async () => {
    const problem = await problemOf(await patch({ colour: 'red', nmae: 'Shop' }))
    expect(problem).toMatchObject({
      detail: 'Not accepted: colour is not known.',
      issues: [
        { path: 'colour', reason: 'is not known' },
        { path: 'nmae', reason: 'is not known' },
      ],
    })
    const flood = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`made-up-${n}`, 1]))
    expect((await problemOf(await patch(flood))).issues).toHaveLength(20)
  })

  it('refuses a time zone that nobody knows', async () => {
    const refused = await patch({ timeZone: 'Mars/Olympus' })
    expect((await problemOf(refused)).issues).toEqual([
      { path: 'timeZone', reason: 'is no IANA time zone, such as Europe/Berlin' },
    ])
  })
})

describe('statuses', () => {
  const later = { key: 'later', label: 'Later', stage: 'open' } as const

  it('stand in the order in which they were set', async () => {
    const order = [builtInStatuses[0], later, ...builtInStatuses.slice(1)]
    expect((await patch({ statuses: order })).status).toBe(200)
    expect((await read()).statuses).toEqual(order)
    await patch({ statuses: [later] })
    expect((await read()).statuses).toEqual([...builtInStatuses, later])
  })

  it('go only when nothing stands in them any more, in any environment', async () => {
    const id = newId()
    await system.importLines([{ id, message: 'Some day', kind: 'idea', environment: 'staging', spam: true }])
    expect((await triage(id, { status: 'later' })).status).toBe(200)
    expect((await usage()).statuses).toContainEqual({ value: 'later', ...one, listed: none, spam: one })
    const refused = await patch({ statuses: [] })
    expect(refused.status).toBe(409)
    expect((await problemOf(refused)).detail).toBe(
      '1 item stands in “Later”. Move them to another status first, then remove it.',
    )
    await triage(id, { status: 'open' })
    expect((await patch({ statuses: [] })).status).toBe(200)
    expect((await read()).statuses).toEqual(builtInStatuses)
  })
})

describe('labels', () => {
  it('can be offered before anybody uses them, and are suggested', async () => {
    await patch({ labels: ['ux', 'checkout', 'ux'] })
    expect((await read()).labels).toEqual(['checkout', 'ux'])
    const { items } = (await (await system.call('/v1/names/values?name=label')).json()) as { items: object[] }
    expect(items).toContainEqual({ value: 'checkout', count: 0 })
  })

  it('stay listed while an item carries them, and go when none does', async () => {
    const id = newId()
    await system.importLines([{ id, message: 'Slow', kind: 'bug', labels: ['speed'] }])
    await system.runSchedule()
    await patch({ labels: [] })
    expect((await read()).labels).toEqual(['speed'])
    expect((await usage()).labels).toEqual([{ value: 'speed', ...one, listed: one, spam: none }])
    await triage(id, { labels: [] })
    await patch({ labels: [] })
    expect((await read()).labels).toEqual([])
  })
})

describe('kinds', () => {
  it('are those offered and those that were said anywhere, with their counts', async () => {
    await system.importLines([{ id: newId(), message: 'Hi', kind: 'greeting', environment: 'staging' }])
    await system.runSchedule()
    expect((await read()).kinds).toContainEqual({ key: 'greeting', label: 'Greeting' })
    expect((await usage()).kinds).toContainEqual({ value: 'greeting', ...one, listed: one, spam: none })
  })
})

describe('a publishable key', () => {
  it('says when it was last used', async () => {
    const made = await system.call(`${at}/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'publishable', name: 'Shop', environment: 'staging' }),
    })
    const { key, id } = (await made.json()) as { key: string; id: string }
    const find = async () => {
      const { items } = (await (await system.call(`${at}/keys`)).json()) as { items: Key[] }
      return items.find((one) => one.id === id)
    }
    expect(await find()).toMatchObject({ id: key, environment: 'staging', lastUsedAt: null })
    expect((await fetch(`${system.origin}/v1/widget?key=${key}`)).status).toBe(200)
    await expect.poll(async () => (await find())?.lastUsedAt).toMatch(/^20/)
  })
})
