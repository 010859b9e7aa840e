import { randomUUID } from 'node:crypto'
import { table } from './load.mjs'
import { sampleSubmission } from './sample.mjs'
import { serveRaw } from './raw/serve.mjs'

/** Rows that one submission writes, before its receipt and in all, as the database counts them. */
export async function bench() {
  // Five hundred in a minute are more than one key may send.
  const system = await serveRaw({ settings: { ADDRESS_PER_MINUTE: 1_000_000, KEY_PER_MINUTE: 1_000_000 } })
  try {
    const submit = () =>
      fetch(`${system.origin}/v1/feedback?key=${system.publishableKey}`, {
        method: 'POST',
        body: JSON.stringify(sampleSubmission()),
      })
    const settle = () => new Promise((resolve) => setTimeout(resolve, 300))
    await submit()
    await settle()
    await system.schedule()
    await system.rows()

    await submit()
    await settle()
    const one = await system.rows()
    await system.schedule()
    const counted = await system.rows()

    // Before the receipt: the insert alone, as the storage makes it, with the consumers asleep.
    await system.sql(`UPDATE consumer SET lease = '${randomUUID()}', lease_until = ${Date.now() + 55_000}`)
    await system.rows()
    await submit()
    await settle()
    const before = await system.rows()
    await system.sql('UPDATE consumer SET lease = NULL, lease_until = 0')

    await system.schedule()
    await system.rows()
    for (let i = 0; i < 500; i += 50) await Promise.all(Array.from({ length: 50 }, submit))
    await settle()
    await system.schedule()
    const many = await system.rows()
    table(
      ['rows', 'written', 'read'],
      [
        ['one submission, before the receipt', before.written, before.read],
        ['one submission, with both full-text tables', one.written, one.read],
        ['… and the rollups and names that the schedule adds, when it comes alone', counted.written, counted.read],
        ['a submission of 500 in a minute, everything', many.written / 500, many.read / 500],
      ],
    )
  } finally {
    await system.stop()
  }
}
