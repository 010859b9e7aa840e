import { expect, it } from 'vitest'
import { fuzz } from './fuzzing.ts'

it('answers thousands of made-up requests with what the document says, and never with a fault', async () => {
  const seed = Math.trunc(Math.random() * 2 ** 31)
  const { requests, byStatus, operations, wrong } = await fuzz(6_000, seed)
  console.info(
    `Made-up requests: ${requests} of ${operations} operations, seed ${seed}, by status ${JSON.stringify(byStatus)}`,
  )
  expect(wrong).toEqual([])
}, 900_000)
