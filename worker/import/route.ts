import type { ImportResult } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { readText } from '../access/body.ts'
import { verifyToken } from '../access/identity-secrets.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import type { AppContext } from '../env.ts'
import { failed } from '../failure.ts'
import { markItem } from '../people/marks.ts'
import { insertItems, listStanding } from '../storage/items.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import { type ImportContext, readLine, type ReadLine } from './line.ts'
import { importLineSchema, importRoute } from './schema.ts'

/** Takes items that were said elsewhere, or here before. Ids and times are kept; nothing is delivered. Needs `write`. */
export const importing = makeRoom()

importing.openAPIRegistry.registerPath(importRoute)
importing.post('/v1/import', requireScope('write'), importFeedback)

async function importFeedback(c: AppContext): Promise<Response> {
  const text = await readText(c, limits.importMaxBytes)
  if (!text.ok) return refuse(c, text.failure)
  const lines = text.value.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > limits.importMaxLines) {
    return refuse(
      c,
      failed('too-large', `${lines.length} lines are more than ${limits.importMaxLines}. Send them in parts.`).failure,
    )
  }
  const environment = c.req.query('environment') ?? 'production'
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(environment)) {
    return refuse(
      c,
      failed('bad-filter', `'environment' is a name of lower-case letters, digits and hyphens.`, {
        issues: [{ path: 'environment', reason: 'not a name' }],
      }).failure,
    )
  }
  const project = await findProject(c.env.DB, c.var.actor.project)
  const results = await importLines(c, lines, {
    project: c.var.actor.project,
    secret: project?.secret ?? '',
    environment,
    statuses: statusesOf(project?.settings ?? {}).map(({ key }) => key),
    now: Date.now(),
    schema: importLineSchema,
    prove: (token, usedAt) => verifyUsed(c, token, usedAt),
  })
  const count = (wanted: ImportResult['result']) => results.filter(({ result }) => result === wanted).length
  const after = { stored: count('stored'), repeated: count('repeated'), refused: count('refused') }
  if (after.stored > 0) {
    c.set('changed', true)
    c.set('audit', { action: 'feedback.import', target: null, after })
  }
  const answer = results.map((result) => `${JSON.stringify(result)}\n`).join('')
  return c.body(answer, 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
}

const verifyUsed = (c: AppContext, token: string, usedAt: number) =>
  verifyToken(c.env.DB, token, {
    project: c.var.actor.project,
    now: Date.now(),
    usedAt,
    later: (work) => c.executionCtx.waitUntil(work),
  })

async function importLines(c: AppContext, lines: readonly string[], context: ImportContext): Promise<ImportResult[]> {
  const results: (ImportResult | null)[] = []
  const read: (ReadLine & { line: number })[] = []
  for (const [index, text] of lines.entries()) {
    const line = index + 1
    if (text.trim() === '' || isEndMark(text)) continue
    const outcome = await readLine(text, context)
    if (outcome.ok) read.push({ ...outcome.value, line })
    else results[index] = { line, id: null, result: 'refused', reason: outcome.failure.detail }
  }
  const items = await Promise.all(read.map(({ item }) => markItem(context.secret, item)))
  const stored = await insertItems(c.env.DB, items)
  const missed = items.map(({ id }) => id).filter((id) => !stored.has(id))
  const known = missed.length === 0 ? [] : await listStanding(c.env.DB, context.project, missed)
  const standing = new Set([...stored, ...known])
  for (const { line, item, notes } of read) {
    if (!standing.has(item.id)) {
      results[line - 1] = { line, id: item.id, result: 'refused', reason: erased }
      continue
    }
    // An id that stands twice in one import is stored once: `delete` answers true the first time only.
    const result = stored.delete(item.id) ? 'stored' : 'repeated'
    results[line - 1] = { line, id: item.id, result, ...(notes.length > 0 ? { notes } : {}) }
  }
  return results.filter((result) => result != null)
}

const erased = 'It was erased, or somebody whom it names was erased after it was said; it is not stored again.'

const isEndMark = (text: string): boolean => /^\s*\{\s*"end"\s*:\s*true\b/.test(text)
