import { expect, it } from 'vitest'
import { fuzz, summary } from './fuzzing.ts'

it('answers whatever is sent with what the document says, and never with a fault', async () => {
  const findings = await fuzz(300, 20_261_123)
  console.info(summary(findings))
  expect(findings.wrong).toEqual([])
  expect(findings.requests).toBeGreaterThanOrEqual(300)
  // Both sides are seen: what is done, and what is refused.
  const statuses = ['200', '201', '400', '401', '403', '404', '422']
  expect(Object.keys(findings.byStatus)).toEqual(expect.arrayContaining(statuses))
}, 120_000)
