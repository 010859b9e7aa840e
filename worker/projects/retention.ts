import { limits, type Retention, retentionKeeps, type RetentionPreview } from '../../sdk/wire/index.ts'
import { done, failed, type Outcome } from '../failure.ts'
import type { Database } from '../storage/database.ts'
import { instantOf } from '../storage/instant.ts'
import { listEnvironments } from '../storage/names.ts'
import { countOlder } from '../storage/retention.ts'

/** Reads the retention that is asked about in an address. */
export function readRetention(days: string | undefined, keep: string | undefined): Outcome<Retention> {
  const issues = []
  const number = Number(days)
  if (!/^[0-9]+$/.test(days ?? '') || number < 1 || number > limits.retentionMaxDays) {
    issues.push({ path: 'days', reason: `is no whole number from 1 to ${limits.retentionMaxDays}` })
  }
  const kept = retentionKeeps.find((one) => one === keep)
  if (kept === undefined) issues.push({ path: 'keep', reason: `is not ${retentionKeeps.join(' or ')}` })
  if (issues.length > 0 || kept === undefined) {
    return failed('bad-request', `Say ?days=365&keep=nothing: ${issues[0]?.path} ${issues[0]?.reason}.`, { issues })
  }
  return done({ days: number, keep: kept })
}

/** What a retention would do now. */
export async function previewRetention(
  db: Database,
  project: string,
  { days, keep }: Retention,
): Promise<RetentionPreview> {
  const before = Date.now() - days * 24 * 3_600_000
  const environments = await listEnvironments(db, project)
  const count = await countOlder(db, project, environments, { before, keep })
  return { days, keep, before: instantOf(before), count }
}
