import { expect, it } from 'vitest'
import { fuzz, summary } from './fuzzing.ts'

it('answers thousands of made-up requests with what the document says, and never with a fault', async () => {
  const findings = await fuzz(4_000, Math.trunc(Math.random() * 2 ** 31))
  console.info(summary(findings))
  expect(findings.wrong).toEqual([])
  // The insides are reached: most operations did what they are for.
  expect(findings.reached.size).toBeGreaterThan(0.8 * findings.operations)
}, 900_000)
