import { type RawSystem } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { insertSession } from './principals.ts'

/** What fills in an operation of the document so that it means something that exists. */
export interface Filled {
  /** By the name of the path's parameter. */
  params?: Record<string, string>
  query?: Record<string, string>
  body?: object | string
  /** `application/json` unless told; other bodies are sent as they are. */
  type?: string
  /** What it answers to whoever may: a success unless told. */
  answers?: number
  /** The scope that this very request needs, where that is more than its route does. */
  scope?: string
  /** Where a plausible request leaves nothing in the audit log. */
  unaudited?: boolean
  /** Where it takes away what other requests of the same caller stand on, and so must come by itself. */
  alone?: boolean
}

/** Stands in everything that recipes make; must never be seen from outside. */
export const canary = 'canary-7f3a'
/** Stands in what requests say. */
const spoken = 'spoken-3c1e'

/** Makes things in the raw system's own project, by its key. */
export interface Maker {
  raw: RawSystem
  item(): Promise<string>
  note(item: string): Promise<string>
  view(): Promise<string>
  survey(): Promise<string>
  person(): Promise<string>
  key(): Promise<string>
  /** A member that nobody is in these tests. */
  member(): Promise<string>
  invitation(): Promise<string>
  webhook(): Promise<string>
  /** One that failed. */
  delivery(webhook: string): Promise<string>
  /** Of the member who is to ask. */
  session(): Promise<string>
  passkey(): Promise<string>
}

let made = 0
const next = () => `${++made}`
const survey = (id: string, name = spoken) => ({
  id,
  name,
  language: 'en',
  questions: [{ id: 'why', type: 'short', text: { en: 'Why?' } }],
})

/** Nobody answers at this name, which is reserved. https://www.rfc-editor.org/rfc/rfc2606 */
const webhook = (name = spoken) => ({ type: 'signed', name, url: 'https://receiver.example/hook' })

export function makerOf(raw: RawSystem, asker = 'somebody'): Maker {
  const send = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' }
    const response = await raw.call(path, { method, headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  const post = (path: string, body: unknown) => send('POST', path, body)
  return {
    raw,
    item: async () => {
      const id = newId()
      await post('/v1/feedback', { id, kind: 'idea', message: `${canary} said`, source: 'call' })
      return id
    },
    note: async (item) => {
      const noted = await post(`/v1/feedback/${item}/notes`, { id: newId(), text: canary })
      return (noted['teamNotes'] as { id: string }[])[0]?.id ?? ''
    },
    view: async () => String((await post('/v1/views', { name: canary, query: '', visibility: 'shared' }))['id']),
    survey: async () => String((await post('/v1/surveys', survey(`s-${next()}`, canary)))['id']),
    person: async () => {
      const path = `/v1/people/${encodeURIComponent(`external:u${next()}`)}`
      return String((await send('PUT', path, { name: canary }))['id'])
    },
    key: async () =>
      String((await post(`/v1/projects/${raw.project}/keys`, { type: 'secret', name: 'x', scopes: ['read'] }))['id']),
    member: async () => {
      const id = crypto.randomUUID()
      await raw.sql(
        `INSERT INTO member (id, name, email) VALUES ('${id}', '${canary}', NULL)`,
        `INSERT INTO membership (member, project, role) VALUES ('${id}', '${raw.project}', 'viewer')`,
      )
      return id
    },
    webhook: async () => String((await post('/v1/webhooks', webhook(canary)))['id']),
    delivery: async (of) => {
      // Above all change numbers that come about here.
      const change = 1_000_000 + ++made
      const id = `msg_${change.toString(36)}_0_x`
      await raw.sql(
        `INSERT INTO delivery (webhook, change, n, id, project, event, item, at, state, created_at)
        VALUES ('${of}', ${change}, 0, '${id}', '${raw.project}', 'feedback.created', NULL, 0, 'failed', 0)`,
      )
      return id
    },
    invitation: async () => String((await post('/v1/invitations', { role: 'viewer' }))['id']),
    session: async () => {
      const id = crypto.randomUUID()
      await raw.sql(insertSession(asker, `hash of ${id}`, id))
      return id
    },
    passkey: async () => {
      const id = crypto.randomUUID()
      await raw.sql(
        `INSERT INTO passkey (id, credential, member, name, public_key, counter, transports, synced, created_at)
        VALUES ('${id}', 'of ${id}', '${asker}', '${canary}', '', 0, '[]', 0, 0)`,
      )
      return id
    },
  }
}

const ofItem = async (make: Maker): Promise<Filled> => ({ params: { id: await make.item() } })
// A shared one, which needs more.
const ofView = async (make: Maker): Promise<Filled> => ({ params: { id: await make.view() }, scope: 'write' })
const ofSurvey = async (make: Maker): Promise<Filled> => ({ params: { id: await make.survey() } })
const ofPerson = async (make: Maker): Promise<Filled> => ({ params: { id: await make.person() } })
const ofMember = async (make: Maker): Promise<Filled> => ({ params: { id: await make.member() } })
const ofPasskey = async (make: Maker): Promise<Filled> => ({ params: { id: await make.passkey() } })
const ofKey = async (make: Maker): Promise<Filled> => ({ params: { id: make.raw.project, key: await make.key() } })
const ofWebhook = async (make: Maker): Promise<Filled> => ({ params: { id: await make.webhook() } })
const ofDelivery = async (make: Maker): Promise<Filled> => {
  const id = await make.webhook()
  return { params: { id, delivery: await make.delivery(id) } }
}
const ofProject = async (make: Maker): Promise<Filled> => ({ params: { id: make.raw.project } })
const ofAccount = async (): Promise<Filled> => ({ params: { id: 'acme' } })

const clientResponse = { clientDataJSON: 'x', attestationObject: 'x' }

/** A recipe for each operation that cannot stand without one: it has a path parameter, or needs a body. */
export const recipes: Record<string, (make: Maker) => Promise<Filled>> = {
  submitFeedback: async () => ({ body: { kind: 'idea', message: spoken, source: 'call' } }),
  getFeedback: ofItem,
  updateFeedback: async (make) => ({ ...(await ofItem(make)), body: { status: 'open' } }),
  deleteFeedback: ofItem,
  bulkUpdateFeedback: async (make) => ({
    body: { changes: [{ patch: { addLabels: [spoken] }, items: [{ id: await make.item() }] }] },
  }),
  addTeamNote: async (make) => ({ ...(await ofItem(make)), body: { text: spoken } }),
  deleteTeamNote: async (make) => {
    const id = await make.item()
    return { params: { id, note: await make.note(id) } }
  },
  mergeFeedback: async (make) => ({ ...(await ofItem(make)), body: { into: await make.item() } }),
  listMerged: ofItem,
  redactFeedback: async (make) => ({ ...(await ofItem(make)), body: { texts: ['said'] } }),
  importFeedback: async () => ({
    type: 'application/x-ndjson',
    body: JSON.stringify({ id: newId(), message: spoken }),
  }),
  getPerson: ofPerson,
  putPerson: async (make) => ({ ...(await ofPerson(make)), body: { name: `Ada ${next()}` } }),
  erasePerson: ofPerson,
  getAccount: async () => ({ ...(await ofAccount()), answers: 404 }),
  listAccountPeople: ofAccount,
  putAccount: async () => ({ params: { id: `acme-${next()}` }, body: { name: spoken } }),
  createSurvey: async () => ({ body: survey(`s-${next()}`) }),
  getSurvey: ofSurvey,
  replaceSurvey: async (make) => {
    const filled = await ofSurvey(make)
    return { ...filled, body: { ...survey(filled.params?.['id'] ?? ''), name: 'Another' } }
  },
  updateSurvey: async (make) => ({ ...(await ofSurvey(make)), body: { state: 'live' } }),
  deleteSurvey: ofSurvey,
  createView: async () => ({ body: { name: spoken, query: '', visibility: 'shared' }, scope: 'write' }),
  updateView: async (make) => ({ ...(await ofView(make)), body: { name: 'Another' } }),
  deleteView: ofView,
  getProject: ofProject,
  updateProject: async (make) => ({ ...(await ofProject(make)), body: { name: `Bench ${next()}` } }),
  getWidgetSettings: ofProject,
  getProjectUsage: ofProject,
  listKeys: ofProject,
  getSigning: ofProject,
  rotateSigning: async (make) => ({ ...(await ofProject(make)), body: {} }),
  listOrigins: ofProject,
  previewRetention: async (make) => ({ ...(await ofProject(make)), query: { days: '30', keep: 'scores' } }),
  createKey: async (make) => ({ ...(await ofProject(make)), body: { type: 'publishable', name: spoken } }),
  updateKey: async (make) => ({ ...(await ofKey(make)), body: { name: spoken } }),
  rotateKey: async (make) => ({ ...(await ofKey(make)), body: {} }),
  revokeKey: ofKey,
  updateMember: async (make) => ({ ...(await ofMember(make)), body: { role: 'editor' } }),
  listMadeByMember: ofMember,
  deleteMember: ofMember,
  deleteMemberSessions: ofMember,
  createInvitation: async () => ({ body: { role: 'viewer' } }),
  deleteInvitation: async (make) => ({ params: { id: await make.invitation() } }),
  endOtherSessions: async () => ({ query: { passkeys: 'remove' }, alone: true }),
  endSession: async (make) => ({ params: { id: await make.session() } }),
  // Passkeys belong to a host's name, and here is only an address; with a name they are tested in access.
  getPasskeyOptions: async () => ({ answers: 422 }),
  createPasskey: async () => ({
    body: { name: spoken, credential: { id: 'x', rawId: 'x', type: 'public-key', response: clientResponse } },
    answers: 422,
    unaudited: true,
  }),
  updatePasskey: async (make) => ({ ...(await ofPasskey(make)), body: { name: spoken } }),
  deletePasskey: ofPasskey,
  // Whoever is admin somewhere may make a further one.
  createProject: async () => ({ body: { name: spoken }, scope: 'admin' }),
  createWebhook: async () => ({ body: webhook() }),
  getWebhook: ofWebhook,
  updateWebhook: async (make) => ({ ...(await ofWebhook(make)), body: { state: 'off' } }),
  deleteWebhook: ofWebhook,
  rotateWebhookSecret: ofWebhook,
  testWebhook: ofWebhook,
  listDeliveries: ofWebhook,
  getDelivery: ofDelivery,
  resendDelivery: ofDelivery,
  resendFailed: ofWebhook,
  createSignInLink: async (make) => ({ body: { member: await make.member() } }),
  exportFeedback: async () => ({ query: { format: 'ndjson' } }),
  listValues: async () => ({ query: { name: 'kind' } }),
  groupFeedback: async () => ({ query: { by: 'kind' } }),
  getResponses: async (make) => ({ query: { survey: await make.survey() } }),
  getBackup: async () => ({ query: { part: 'project' } }),
  // A project that holds something adopts nothing; what does is seen in audit.test.ts.
  beginRestore: async () => ({
    query: { add: 'true' },
    body: { name: 'x', settings: {}, secret: 'a'.repeat(43), createdAt: 0 },
    unaudited: true,
  }),
  listWanted: async () => ({ body: { ids: [newId()] } }),
  restore: async () => ({
    query: { add: 'true' },
    type: 'application/x-ndjson',
    body: JSON.stringify({ type: 'name', row: { name: `tag.${spoken}${next()}`, first_seen_at: 1 } }),
  }),
  // Raw workerd has no object storage.
  restoreImage: async () => ({
    query: { item: newId(), n: '0' },
    type: 'image/png',
    body: 'x',
    answers: 503,
    unaudited: true,
  }),
}
