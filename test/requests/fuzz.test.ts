import { expect, it } from 'vitest'
import { fuzz } from './fuzzing.ts'

it('answers whatever is sent with what the document says, and never with a fault', async () => {
  const { requests, byStatus, operations, wrong } = await fuzz(300, 20_261_123)
  console.info(`Made-up requests: ${requests} of ${operations} operations, by status ${JSON.stringify(byStatus)}`)
  expect(wrong).toEqual([])
  expect(requests).toBeGreaterThanOrEqual(300)
  // Both sides are seen: what is done, and what is refused.
  expect(Object.keys(byStatus)).toEqual(expect.arrayContaining(['200', '201', '400', '401', '403', '404', '422']))
}, 120_000)
