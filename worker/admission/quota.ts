import { quotaWarnsFrom } from '../../sdk/wire/outcomes.ts'
import { serverLimits } from '../limits.ts'
import { log } from '../log.ts'
import type { Database } from '../storage/database.ts'
import { countAccepted } from '../storage/outcomes.ts'
import type { ProjectSettings } from '../storage/projects.ts'

const dayMs = 86_400_000
/** What this isolate knows of a project's day. */
interface Use {
  day: number
  used: number
  /** When it was read, in epoch ms. */
  at: number
  /** Whether the log has been told today that little is left. */
  told: boolean
}
const uses = new Map<string, Use>()

/** How many new items pages may add to a project a day. */
export const quotaOf = ({ quota }: ProjectSettings): number => quota?.perDay ?? serverLimits.quotaPerDay

/** What is known here of how much a project has used of today's quota; 0 where nothing is. */
export const usedOf = (project: string, now: number): number => {
  const use = uses.get(project)
  return use?.day === Math.floor(now / dayMs) ? use.used : 0
}

/** When the next day begins, in epoch ms. */
export const nextDay = (now: number): number => (Math.floor(now / dayMs) + 1) * dayMs

/**
 * Whether a project has used up its quota of the day. Read from what is counted already and what is yet to be, then
 * counted on here; read again behind an answer from time to time, and before it is said to be used up.
 */
export async function isUsedUp(
  db: Database,
  project: { id: string; settings: ProjectSettings },
  now: number,
  later: (work: Promise<unknown>) => void,
): Promise<boolean> {
  const perDay = quotaOf(project.settings)
  const known = uses.get(project.id)
  if (known?.day !== Math.floor(now / dayMs)) {
    const use = await readUse(db, project.id, now)
    tellOnce(project.id, use, perDay)
    return use.used >= perDay
  }
  tellOnce(project.id, known, perDay)
  if (known.used >= perDay && known.at < now - serverLimits.refusalRereadMs) {
    return (await readUse(db, project.id, now)).used >= perDay
  }
  if (known.at < now - serverLimits.quotaRereadMs) {
    // At once, so that those who come meanwhile do not read too.
    known.at = now
    later(readUse(db, project.id, now).catch(() => undefined))
  }
  return known.used >= perDay
}

async function readUse(db: Database, project: string, now: number): Promise<Use> {
  const day = Math.floor(now / dayMs)
  const used = await countAccepted(db, project, now)
  const before = uses.get(project)
  const use = { day, used, at: now, told: before?.day === day && before.told }
  if (uses.size >= serverLimits.keyCacheMax) uses.clear()
  uses.set(project, use)
  return use
}

/** Says in the log that a quota is nearly used up: once a day and project, in each isolate. */
function tellOnce(project: string, use: Use, perDay: number): void {
  if (use.told || use.used < perDay * quotaWarnsFrom) return
  use.told = true
  log('quota nearly used up', { project, used: use.used, perDay })
}

/** Counts a new item on, until it is read again. */
export function noteAccepted(project: string): void {
  const use = uses.get(project)
  if (use !== undefined) use.used++
}
