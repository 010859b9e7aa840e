import type { Usage } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import type { Database } from './database.ts'
import { countStatement } from './listing.ts'
import type { Selection } from './selection.ts'

/** Counts of one round trip. */
const countsAtOnce = 100

/**
 * Counts the items of each value of a name in all of these environments, spam and merged ones too, each up to
 * `limits.countMax`.
 */
export async function countUsage(
  db: Database,
  of: Pick<Selection, 'project' | 'environments'>,
  name: string,
  values: readonly string[],
): Promise<Usage[]> {
  const none = { terms: [], relaxed: null, none: [], from: null, to: null, asOf: null, since: null, sort: null }
  const usage: Usage[] = []
  for (let start = 0; start < values.length; start += countsAtOnce) {
    const some = values.slice(start, start + countsAtOnce)
    const answers = await db.batch<{ count: number }>(
      some.map((value) =>
        countStatement(db, { ...of, ...none, any: [[[name, value]]], spam: 'with', merged: 'with' }, limits.countMax),
      ),
    )
    for (const [index, value] of some.entries()) {
      const count = answers[index]?.results[0]?.count ?? 0
      usage.push({ value, count, exact: count < limits.countMax })
    }
  }
  return usage
}
