import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Feedback } from '../../sdk/wire/index.ts'
import { freePort, serve, setUp } from '../../worker/dev/server.mjs'
import { serveRaw } from '../bench/raw/serve.mjs'
import { agrees, idsOf, submit } from './collector.ts'
import { killInFlight } from './killing.ts'

it('a collector on raw workerd, killed sixty times with 32 submissions in flight, loses and doubles nothing', async () => {
  const raw = await serveRaw({ quiet: true })
  try {
    await killInFlight(
      { submit: (body) => submit(raw, body), crash: raw.crash, ids: () => idsOf(raw), check: () => agrees(raw) },
      60,
    )
  } finally {
    await raw.stop()
  }
}, 600_000)

it('`wrangler dev`, whose whole process group is killed with 32 submissions in flight, loses and doubles nothing', async () => {
  const state = mkdtempSync(join(tmpdir(), 'earshot-killed-'))
  const options = { state, port: await freePort(), setupToken: randomBytes(24).toString('hex'), scheduleMs: 0 }
  let server = await serve(options)
  try {
    const { publishableKey, secretKey } = await setUp(server.origin, options.setupToken, 'Killed')
    const exported = async () => {
      const headers = { authorization: `Bearer ${secretKey}` }
      const text = await (await fetch(`${server.origin}/v1/export?format=ndjson&spam=with`, { headers })).text()
      const lines = text.trimEnd().split('\n')
      expect(lines.at(-1)).toContain('"end":true')
      return lines.slice(0, -1).map((line) => JSON.parse(line) as Feedback)
    }
    await killInFlight(
      {
        submit: (body) =>
          fetch(`${server.origin}/v1/feedback?key=${publishableKey}`, { method: 'POST', body: JSON.stringify(body) }),
        crash: async () => {
          await killGroup(server)
          server = await serve(options)
        },
        ids: async () => {
          // A consumer that was killed holds its lease for half a minute; an export waits for that, and says so.
          await expect
            .poll(
              () =>
                exported().then(
                  () => true,
                  () => false,
                ),
              { timeout: 60_000, interval: 1_000 },
            )
            .toBe(true)
          return (await exported()).map(({ id }) => id)
        },
        check: async () => expect((await exported()).every(({ message }) => message.startsWith('Said as'))).toBe(true),
      },
      5,
    )
  } finally {
    await server.stop()
    rmSync(state, { recursive: true, force: true })
  }
}, 600_000)

/** Ends wrangler and its workerd at once, as the kernel does: nobody gets a word in. */
async function killGroup({ child }: Awaited<ReturnType<typeof serve>>): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await gone
}
