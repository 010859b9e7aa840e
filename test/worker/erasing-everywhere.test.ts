import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Feedback, FeedbackList, PersonView, SavedView } from '../../sdk/wire/index.ts'
import { backupParts } from '../../sdk/wire/index.ts'
import { type RawSystem, serveRaw } from '../bench/raw/serve.mjs'
import { everyTable, tracesIn } from '../support/everything.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { newId } from '../support/system.ts'

let raw: RawSystem
let receiver: Receiver
beforeAll(async () => {
  // A receiver that says back what it was told, and takes nothing.
  receiver = await startReceiver((response, { body }) => response.writeHead(500).end(body.match(/zxq[^"]*/)?.[0]))
  raw = await serveRaw({ quiet: true })
})
afterAll(() => Promise.all([raw.stop(), receiver.stop()]))

const json = { 'content-type': 'application/json' }
async function send<T = unknown>(method: string, path: string, body?: object): Promise<T> {
  const response = await raw.call(path, { method, headers: json, ...(body && { body: JSON.stringify(body) }) })
  const text = await response.text()
  expect([method, path, response.status < 300, text]).toEqual([method, path, true, text])
  return (text === '' ? null : JSON.parse(text)) as T
}
const say = async (said: object) => {
  const id = newId()
  const response = await fetch(`${raw.origin}/v1/feedback?key=${raw.publishableKey}`, {
    method: 'POST',
    body: JSON.stringify({ id, message: 'Said', ...said }),
  })
  expect(response.status).toBe(201)
  return id
}

// A word that no stemmer shortens, so that an index has it letter by letter.
const trace = 'zxqvogt'
const email = `${trace}@example.com`
const who = `u_${trace}`
const person = {
  id: who,
  name: `Zora ${trace}`,
  email: email.toUpperCase(),
  traits: { full: `${trace} trait`, [`of ${email}`]: true },
}

/** Somebody in every place that the product has for them. */
async function beEverywhere() {
  const { id: webhook } = await send<{ id: string }>('POST', '/v1/webhooks', {
    type: 'signed',
    name: `For Zora ${trace}`,
    url: receiver.url,
    events: ['feedback.created', 'feedback.updated', 'feedback.deleted'],
    filter: `person=${who}&person=u_other`,
  })
  const whole = await say({
    message: `${trace} said`,
    person,
    email,
    anonymousId: `browser-${trace}`,
    tags: { note: `${trace} tag`, [email]: 'a name of theirs' },
    context: { cart: { note: `${trace} context` }, [`of ${email}`]: {} },
    crumbs: [{ at: new Date().toISOString(), type: 'manual', message: `${trace} crumb`, data: { a: `${trace} data` } }],
    page: {
      url: `https://app.example.com/${trace}`,
      title: `${trace} title`,
      referrer: `https://${trace}.example.com`,
    },
    survey: {
      id: 'nps',
      version: 1,
      answers: [
        { question: 'why', value: `${trace} why` },
        { question: `asked ${email}`, value: 'yes' },
      ],
    },
    rating: { scale: 'nps', value: 9 },
    release: `${trace}.1`,
    sdk: `${trace}-sdk`,
  })
  const unsigned = await say({ anonymousId: `browser-${trace}`, message: `${trace} unsigned` })
  await say({ email, message: `${trace} by mail` })
  await raw.call('/v1/import', {
    method: 'POST',
    body: JSON.stringify({ id: newId(), message: trace, externalId: trace, person: { ...person, verified: true } }),
  })
  await send('PUT', `/v1/people/external:${who}`, { name: person.name, traits: { vip: `${trace} vip` } })
  await send('POST', `/v1/feedback/${whole}/notes`, { text: `${trace} note` })
  await send('PATCH', `/v1/feedback/${whole}`, { status: 'open', addLabels: ['ux'] })
  await send('POST', `/v1/feedback/${unsigned}/merge`, { into: whole })
  await send('POST', '/v1/feedback', {
    kind: 'idea',
    message: `${trace} on the phone`,
    person: { id: who, email },
    source: 'call',
  })
  await send('POST', '/v1/feedback/bulk', { filter: `person=${who}`, patch: { addLabels: ['vip'] } })
  const views = [
    { name: `What Zora ${trace} says`, query: `person=${who}&kind=bug` },
    { name: 'By address', query: `q=${encodeURIComponent(`"${email}" refund`)}&not.person=${who}` },
    { name: 'Bugs', query: 'kind=bug' },
  ]
  for (const view of views) await send('POST', '/v1/views', { ...view, visibility: 'shared' })
  // What they said long ago is reduced to its score.
  const old = { createdAt: new Date(Date.now() - 40 * 86_400_000).toISOString(), rating: { scale: 'nps', value: 3 } }
  await raw.call('/v1/import', {
    method: 'POST',
    body: JSON.stringify({ id: newId(), message: trace, person: { ...person, verified: true }, ...old }),
  })
  await send('PATCH', `/v1/projects/${raw.project}`, { retention: { days: 30, keep: 'scores' } })
  const other = await say({ message: 'Not theirs', person: { id: 'u_other' } })
  await raw.schedule()
  return { webhook, whole, other }
}

async function readBackup(): Promise<string[]> {
  const pages = await Promise.all(backupParts.map((part) => raw.call(`/v1/backup?part=${part}`)))
  const lines = (await Promise.all(pages.map((page) => page.text()))).flatMap((text) => text.trim().split('\n'))
  return lines.filter((line) => line.startsWith('{"type"'))
}

describe('erasing somebody who stands everywhere', () => {
  it('is preceded by an export that has all of it, and leaves no trace in any table', async () => {
    const { webhook, whole, other } = await beEverywhere()
    // Told, and answered with what was told.
    await expect.poll(() => receiver.received.filter(({ body }) => body.includes(trace)).length).toBeGreaterThan(0)
    await expect
      .poll(async () => tracesIn(await everyTable(raw), trace), { interval: 500 })
      .toEqual(
        expect.arrayContaining(['item', 'person', 'rollup', 'name', 'saved_view', 'webhook', 'audit', 'delivery']),
      )

    // An index of words leaves out how a word begins where the one before it begins so too: it is asked, not read.
    expect((await send<FeedbackList>('GET', `/v1/feedback?q=${trace}`)).items.length).toBeGreaterThan(0)

    const theirs = await send<PersonView>('GET', `/v1/people/external:${who}`)
    expect(theirs.items).toHaveLength(6)
    expect(theirs.people.map(({ verified }) => verified)).toEqual([true, false])
    expect(theirs.history?.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['person.update', 'note.create', 'feedback.triage', 'feedback.merge', 'feedback.create']),
    )
    expect(JSON.stringify(theirs.history)).toContain(`${trace} vip`)
    expect(theirs.deliveries?.find(({ feedback }) => feedback === whole)).toMatchObject({
      event: 'feedback.created',
      webhook: `For Zora ${trace}`,
      attempts: [{ status: 500, detail: expect.stringContaining(trace) as string }],
    })
    expect(theirs.items.at(-1)).toMatchObject({ message: '', person: null, rating: { value: 3 } })
    const backup = await readBackup()

    expect(await send('DELETE', `/v1/people/external:${who}`)).toEqual({ items: 6, people: 2, remaining: 0 })
    await raw.schedule()
    const texts = await everyTable(raw)
    expect(texts.size).toBeGreaterThan(30)
    expect(tracesIn(texts, trace)).toEqual([])
    expect(tracesIn(texts, trace.slice(2))).toEqual([])
    // Whoever asks for all there is finds nothing either.
    for (const path of [
      '/v1/changes?limit=1000',
      '/v1/export?format=ndjson&spam=with',
      '/v1/audit?limit=200',
      '/v1/views',
    ]) {
      expect([path, (await (await raw.call(path)).text()).includes(trace)]).toEqual([path, false])
    }
    expect(raw.log()).not.toContain(trace)

    // What the team made narrows as before, to nobody; what is others' stays.
    const { items: views } = await send<{ items: SavedView[] }>('GET', '/v1/views')
    expect(views.map(({ name, query }) => [name, query])).toEqual([
      ['Bugs', 'kind=bug'],
      ['By address', expect.stringMatching(/^q=%22erased%22\+refund&not.person=erased$/)],
      ['What erased says', 'person=erased&kind=bug'],
    ])
    expect(await send('GET', `/v1/webhooks/${webhook}`)).toMatchObject({
      name: 'For erased',
      filter: expect.stringContaining('u_other') as string,
    })
    expect((await send<Feedback>('GET', `/v1/feedback/${other}`)).message).toBe('Not theirs')

    // A backup from before brings nobody back.
    const [project = ''] = backup
    const { lineage } = await send<{ lineage: string }>(
      'POST',
      '/v1/restore/project',
      JSON.parse(project).row as object,
    )
    const restored = await raw.call(`/v1/restore?lineage=${lineage}`, {
      method: 'POST',
      body: backup.slice(1).join('\n'),
    })
    expect(await restored.json()).toMatchObject({ refused: [], erased: 12 })
    await raw.schedule()
    expect(tracesIn(await everyTable(raw), trace)).toEqual([])
    expect((await send<{ count: number }>('GET', '/v1/feedback/count?spam=with')).count).toBe(1)
  })
})
