import type { Usage } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import type { Database } from './database.ts'
import { countEach } from './listing.ts'
import { type Selection, unfiltered } from './selection.ts'
import { countInTray } from './tray.ts'

/** Counts of one round trip. */
const countsAtOnce = 100

/**
 * Counts the items of each value of a name in all of these environments, merged ones too, each up to `limits.countMax`:
 * those that lists show, those in the spam tray, and both together.
 */
export async function countUsage(
  db: Database,
  of: Pick<Selection, 'project' | 'environments'>,
  name: string,
  values: readonly string[],
): Promise<Usage[]> {
  const usage: Usage[] = []
  for (let start = 0; start < values.length; start += countsAtOnce) {
    const some = values.slice(start, start + countsAtOnce)
    const [answers, spam] = await Promise.all([
      countEach(
        db,
        some.map((value) => ({ ...unfiltered, ...of, any: [[[name, value]]] })),
      ),
      countInTray(db, of, name, some),
    ])
    for (const [index, value] of some.entries()) {
      const listed = answers[index] ?? 0
      const inTray = spam[index] ?? 0
      usage.push({ value, ...totalOf(listed + inTray), listed: totalOf(listed), spam: totalOf(inTray) })
    }
  }
  return usage
}

const totalOf = (count: number) => ({ count: Math.min(count, limits.countMax), exact: count < limits.countMax })
