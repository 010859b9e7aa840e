import { appendFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { expect } from 'vitest'

/** What a fault came to, as the test that made it counted. What a test cannot know, it leaves out. */
export interface Tally {
  /** Times that the fault was made; 1 unless told. */
  runs?: number
  /** Submissions that got a receipt. */
  acknowledged?: number
  /** Rows there are for what was said. */
  stored?: number
  /** Rows beyond one for each id. */
  doubled?: number
  /** Acknowledged, and not stored. */
  lost?: number
  /** Submissions given up on purpose, each with a reason; */
  dropped?: number
  /** and those of them that the collector was told of. */
  counted?: number
}

const root = resolve(import.meta.dirname, '../..')

/**
 * Tells `npm run test:faults` what the test that is running counted; does nothing elsewhere. A test may tell several
 * times: its tallies are added. Which fault it belongs to says `list.mjs`.
 */
export function record(tally: Tally): void {
  const file = process.env['EARSHOT_FAULTS']
  if (file === undefined) return
  const { testPath = '', currentTestName = '' } = expect.getState()
  const line = { runs: 1, ...tally, file: relative(root, testPath), test: currentTestName }
  appendFileSync(file, `${JSON.stringify(line)}\n`)
}

/** What was said, what came of it, and what stands in the end. */
export interface Aftermath {
  runs?: number
  /** Ids that got a receipt, each as often as it did. */
  acknowledged: Iterable<string>
  /** Ids of the rows that stand in the end. */
  rows: readonly string[]
  /** Ids that were given up. */
  dropped?: readonly string[]
  /** How many drops the collector was told of. */
  counted?: number
}

/** What must hold after any fault: acknowledged is stored, once for each id, and every drop is counted. */
export function holds({ runs = 1, acknowledged, rows, dropped = [], counted = 0 }: Aftermath): void {
  const stored = new Set(rows)
  const got = new Set(acknowledged)
  const lost = [...got].filter((id) => !stored.has(id))
  record({
    runs,
    acknowledged: got.size,
    stored: stored.size,
    doubled: rows.length - stored.size,
    lost: lost.length,
    dropped: dropped.length,
    counted,
  })
  expect(lost).toEqual([])
  expect(rows).toHaveLength(stored.size)
  expect(counted).toBe(dropped.length)
}
