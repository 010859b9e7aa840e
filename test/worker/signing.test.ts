import { beforeAll, describe, expect, it } from 'vitest'
import type {
  Attachment,
  AuditList,
  BackupProject,
  Feedback,
  Receipt,
  SigningState,
  Submission,
} from '../../sdk/wire/index.ts'
import { editText, signText } from '../../worker/access/secrets.ts'
import { serveRaw } from '../bench/raw/serve.mjs'
import { makePng } from '../support/images.ts'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await startSystem('Signing')
})

const json = { 'content-type': 'application/json' }
const ask = async <T>(of: System, method: string, path: string, body?: object): Promise<T> => {
  const response = await of.call(path, { method, headers: json, ...(body && { body: JSON.stringify(body) }) })
  return (await response.json()) as T
}
const rotate = (graceSeconds?: number, of = system) =>
  ask<SigningState>(
    of,
    'POST',
    `/v1/projects/${of.project}/signing/rotate`,
    graceSeconds === undefined ? {} : { graceSeconds },
  )

/** Something said that announces two images, with its receipt. */
async function say(of = system): Promise<{ id: string; receipt: Receipt; said: Partial<Submission> }> {
  const image = { type: 'image/png', bytes: 90 } as const
  const said: Partial<Submission> = {
    id: newId(),
    message: 'Look',
    person: { id: 'u_signed' },
    attachments: [image, image],
    survey: { id: 'nps', version: 1, answers: [{ question: 'why', value: 'first' }] },
  }
  const receipt = (await (await of.submit(said)).json()) as Receipt
  return { id: said.id ?? '', receipt, said }
}
const upload = async ({ id, receipt }: { id: string; receipt: Receipt }, n: number) =>
  (
    await fetch(
      `${system.origin}/v1/feedback/${id}/attachments/${n}?key=${system.publishableKey}&upload=${receipt.upload?.[n]}`,
      { method: 'PUT', body: makePng(2, 2) },
    )
  ).status
const linkOf = async (id: string) => ((await system.find(id)).attachments as Attachment[])[0]?.url ?? ''
const statusOf = async (url: string) => (await fetch(url)).status
const amend = async (
  { id, receipt }: { id: string; receipt: Receipt },
  value: string,
  revision: number,
  of = system,
) => {
  const survey = { id: 'nps', version: 1, answers: [{ question: 'why', value }] }
  await of.submit({ id, survey, revision, edit: receipt.edit ?? '' })
  return (await of.find(id)).survey?.answers[0]?.value
}

describe('the secret that receipts and links are signed with', () => {
  it('is replaced without a gap: what was signed before is good until it is said to stop', async () => {
    const before = await say()
    expect(await upload(before, 0)).toBe(201)
    const link = await linkOf(before.id)
    const path = `/v1/projects/${system.project}/signing`
    expect(await ask(system, 'GET', path)).toEqual({ replacedAt: null, oldExpiresAt: null })
    const state = await rotate()
    expect(Date.parse(state.oldExpiresAt ?? '') - Date.parse(state.replacedAt ?? '')).toBe(86_400_000)
    expect(await ask(system, 'GET', path)).toEqual(state)

    expect([await statusOf(link), await upload(before, 1)]).toEqual([200, 201])
    expect(await amend(before, 'second', 1)).toBe('second')
    const fresh = await linkOf(before.id)
    expect(new URL(fresh).searchParams.get('sig')).not.toBe(new URL(link).searchParams.get('sig'))
    expect(await statusOf(fresh)).toBe(200)
    const after = await say()
    expect([await upload(after, 0), await amend(after, 'again', 1)]).toEqual([201, 'again'])

    // The one before the last is believed no more.
    await rotate(0)
    expect([await statusOf(link), await upload(before, 1)]).toEqual([403, 403])
    expect(await amend(before, 'third', 2)).toBe('second')
    expect([await statusOf(fresh), await upload(after, 1)]).toEqual([200, 201])
  })

  it('stands in the audit log without itself, and is replaced by admins alone', async () => {
    const log = await ask<AuditList>(system, 'GET', '/v1/audit?action=project.rotate')
    expect(log.items[0]?.after).toMatchObject({ replacedAt: expect.any(String) as string })
    expect(JSON.stringify(log)).not.toMatch(/[0-9A-Za-z]{43}/)
    const other = await startSystem('Not theirs')
    const elsewhere = await other.call(`/v1/projects/${system.project}/signing/rotate`, {
      method: 'POST',
      headers: json,
      body: '{}',
    })
    expect(elsewhere.status).toBe(404)
    expect(await rotate(7_776_001)).toMatchObject({ code: 'invalid' })
  })

  it('leaves persons who they are, and erased whom it was erased', async () => {
    const one = await say()
    const uuidOf = async (id: string) => (await system.find(id)).person?.uuid
    const uuid = await uuidOf(one.id)
    await rotate(0)
    const two = await say()
    expect(await uuidOf(two.id)).toBe(uuid)
    expect((await system.call('/v1/people/external:u_signed', { method: 'DELETE' })).status).toBe(200)
    await rotate(0)
    const longAgo = new Date(Date.now() - 3_600_000).toISOString()
    const late = { id: newId(), message: 'Late', person: { id: 'u_signed' }, createdAt: longAgo }
    expect((await system.submit({ ...late, sentAt: new Date().toISOString() })).status).toBe(410)
  })

  it('goes along in a backup, so that receipts go on where it is restored', async () => {
    const [from, to] = await Promise.all([startSystem('From'), startSystem('To')])
    await rotate(0, from)
    const said = await say(from)
    const lines = await (await from.call('/v1/backup?part=project')).text()
    const { row } = JSON.parse(lines.split('\n')[0] ?? '') as { row: BackupProject }
    expect(await ask(to, 'POST', '/v1/restore/project', row)).toMatchObject({ project: 'adopted' })
    const items = await (await from.call('/v1/backup?part=item')).text()
    const { lineage } = await ask<{ lineage: string }>(to, 'POST', '/v1/restore/project', row)
    const kept = items.split('\n').filter((line) => line.startsWith('{"type":"item"'))
    await to.call(`/v1/restore?lineage=${lineage}`, { method: 'POST', body: kept.join('\n') })
    expect((await ask<Feedback>(to, 'GET', `/v1/feedback/${said.id}`)).message).toBe('Look')
    expect(await amend(said, 'restored', 1, to)).toBe('restored')
  })
})

describe('an isolate that knows a project from before', () => {
  it('looks again before it refuses a token, and believes the old secret until it stops', async () => {
    const raw = await serveRaw({ quiet: true })
    try {
      const answer = (value: string) => ({ id: 'nps', version: 1, answers: [{ question: 'why', value }] })
      const send = async (said: object) => {
        const address = `${raw.origin}/v1/feedback?key=${raw.publishableKey}`
        return (await (await fetch(address, { method: 'POST', body: JSON.stringify(said) })).json()) as Receipt
      }
      const id = newId()
      const { edit: first } = await send({ id, message: 'Said', survey: answer('zero') })
      const said = async (revision: number, edit: string | undefined) => {
        await send({ id, survey: answer(`revision ${revision}`), revision, edit })
        const item = (await (await raw.call(`/v1/feedback/${id}`)).json()) as Feedback
        return item.survey?.answers[0]?.value
      }
      // As another isolate replaces it: this one is not told.
      const fresh = 'f'.repeat(43)
      await raw.sql(
        `INSERT INTO signing_secret (project, secret, made_at, old_secret, old_until)
        SELECT id, '${fresh}', 1, secret, ${Date.now() + 3_600_000} FROM project WHERE id = '${raw.project}'`,
      )
      expect(await said(1, await signText(fresh, editText(id)))).toBe('revision 1')
      expect(await said(2, first)).toBe('revision 2')
      expect(await said(3, await signText('g'.repeat(43), editText(id)))).toBe('revision 2')

      await raw.restart(() => Promise.resolve())
      expect(await said(4, first)).toBe('revision 4')
      await raw.schedule(Date.now() + 7_200_000)
      expect(await raw.rowsOf('SELECT secret, old_secret FROM signing_secret')).toEqual([
        { secret: fresh, old_secret: null },
      ])
      await raw.restart(() => Promise.resolve())
      expect(await said(5, first)).toBe('revision 4')
      expect(await said(6, await signText(fresh, editText(id)))).toBe('revision 6')
    } finally {
      await raw.stop()
    }
  })
})
