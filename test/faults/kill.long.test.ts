import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EndMark, Feedback } from '../../sdk/wire/index.ts'
import { freePort, serve, setUp } from '../../worker/dev/server.mjs'
import { serveRaw } from '../bench/raw/serve.mjs'
import { agrees, idsOf, submit } from './collector.ts'
import { killInFlight } from './killing.ts'

it('a collector on raw workerd, killed fifty times with 32 submissions in flight, loses and doubles nothing', async () => {
  const raw = await serveRaw({ quiet: true })
  try {
    const underWay = await killInFlight(
      {
        submit: (body) => submit(raw, body),
        crash: () => raw.crash(),
        ids: () => idsOf(raw),
        check: () => agrees(raw),
      },
      50,
    )
    expect(underWay).toBeGreaterThan(50)
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
    // By the change numbers, which need no consumer: one that was killed holds its lease for half a minute.
    const changed = async () => {
      const headers = { authorization: `Bearer ${secretKey}` }
      const ids: string[] = []
      for (let end: EndMark | null = null; end?.more !== false;) {
        const query = end?.cursor === undefined ? '' : `&cursor=${end.cursor}`
        const text = await (await fetch(`${server.origin}/v1/changes?limit=1000${query}`, { headers })).text()
        const lines = text.trimEnd().split('\n')
        end = JSON.parse(lines.pop() ?? '') as EndMark
        ids.push(...lines.map((line) => (JSON.parse(line) as Feedback).id))
      }
      return ids
    }
    const underWay = await killInFlight(
      {
        submit: (body) =>
          fetch(`${server.origin}/v1/feedback?key=${publishableKey}`, { method: 'POST', body: JSON.stringify(body) }),
        crash: async () => {
          await killGroup(server)
          server = await serve(options)
        },
        ids: changed,
        check: async () => expect(await changed()).not.toEqual([]),
      },
      5,
    )
    expect(underWay).toBeGreaterThan(5)
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
