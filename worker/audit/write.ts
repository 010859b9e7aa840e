import { createMiddleware } from 'hono/factory'
import type { AuditActor } from '../../sdk/wire/index.ts'
import type { AppContext, AppEnv, AuditNote } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { describeError, log } from '../log.ts'
import { auditOfItems, type AuditRecord, auditStatement, insertAudit } from '../storage/audit.ts'
import { keepFields } from './fields.ts'

/** Who a guard let through, as the audit log names them, and whose log it goes to unless the note says. */
function askerOf(c: AppContext): { actor: AuditActor; projects: string[] } {
  const { actor, signedIn } = c.var as Partial<typeof c.var>
  if (actor !== undefined) {
    const [type, id = ''] = actor.id.split(/:(.*)/s)
    return {
      actor: { type: type === 'member' ? 'member' : 'key', id, name: actor.name },
      projects: [actor.project],
    }
  }
  if (signedIn === undefined) return { actor: { type: 'operator', id: null, name: null }, projects: [] }
  const { member, projects } = signedIn
  return { actor: { type: 'member', id: member.id, name: member.name }, projects: projects.map(({ id }) => id) }
}

/** A note as it is written down; null where nothing differs, or where there is no project whose log could have it. */
function toRecord(c: AppContext, note: AuditNote, now: number): AuditRecord | null {
  const asker = askerOf(c)
  const projects = note.projects ?? asker.projects
  if (projects.length === 0) return null
  const fields = keepFields(note.before ?? null, note.after ?? null, serverLimits.auditSideMaxBytes)
  const isSame = note.before && note.after && fields.before === null && fields.after === null
  if (isSame && note.summary === undefined) return null
  return {
    id: crypto.randomUUID(),
    projects,
    at: now,
    actor: note.actor ?? asker.actor,
    action: note.action,
    target: note.target,
    summary: note.summary ?? null,
    ...fields,
    requestId: c.var.requestId,
  }
}

/**
 * Gives handlers what writes a change down in the transaction of the change itself (`c.var.writeDown(…)`), which no crash
 * comes between. Otherwise writes down what a handler says it changed (`c.set('audit', …)`), before the answer goes out, even where the answer is
 * a failure: the change is committed. It is tried twice; where that fails too, the log line has who did what to which
 * thing, and the caller is told of the fault. Of items and people that is so where there is no one transaction that is
 * the change: an import and the lines of a restore are as many as they need, and their entry counts what became of all
 * lines; an erasure that one request does not complete is to go on; an image of a backup is there only when object
 * storage has it.
 */
export const auditChanges = createMiddleware<AppEnv>(async (c, next) => {
  c.set('writeDown', (note, when) => {
    const record = toRecord(c, note, Date.now())
    if (record === null) return []
    if (typeof when === 'object') return [auditOfItems(c.env.DB, record, when.of)]
    return [auditStatement(c.env.DB, record, when ?? 'changed')]
  })
  await next()
  const note = c.get('audit')
  if (note === undefined) return
  const record = toRecord(c, note, Date.now())
  if (record === null) return
  try {
    await insertAudit(c.env.DB, record).catch(() => insertAudit(c.env.DB, record))
  } catch (error) {
    // What is needed to write it down by hand; the thing's name, before and after may be somebody's own.
    const { action, target, actor, at, projects } = record
    log('audit failed', {
      requestId: c.var.requestId,
      project: projects.join(' '),
      at,
      action,
      actor: `${actor.type} ${actor.id}`,
      target: target === null ? null : `${target.type} ${target.id}`,
      error: describeError(error),
    })
    throw error
  }
})
