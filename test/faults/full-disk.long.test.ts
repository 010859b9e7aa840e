import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Problem } from '../../sdk/wire/index.ts'
import { serveRaw } from '../bench/raw/serve.mjs'
import { isLeftOut } from '../support/engines.ts'
import { newId } from '../support/system.ts'
import { agrees, find, idsOf, interruptedBy, rows, submit } from './collector.ts'
import { holds, record } from './record.ts'

const said = () => ({ id: newId(), message: 'x'.repeat(50_000) })

const isTold = async (answer: Response) => {
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '600'])
  expect((await answer.json()) as Problem).toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('The database is full.'),
  })
}

/** Gives `work` a folder on a disk of its own, and a way to make that disk larger; null where this may not be done. */
async function onSmallDisk<T>(work: (folder: string, enlarge: () => void) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-disk-'))
  const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  mount('size=5m')
  try {
    return await work(folder, () => mount('remount,size=50m'))
  } finally {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Why no disk can be made here and what would change that; undefined where one can. */
const missing = (() => {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-mount-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
    return undefined
  } catch {
    return 'a full disk cannot be made (that takes root)'
  }
})()

it.skipIf(isLeftOut({ missing }))(
  'a disk that is full: nothing acknowledged is lost, the rest is told when, and stored when there is room',
  async () => {
    await onSmallDisk(async (disk, enlarge) => {
      const raw = await serveRaw({ quiet: true, disk })
      try {
        const all = []
        const refused = []
        const acknowledged: string[] = []
        while (refused.length < 5) {
          const body = said()
          const answer = await submit(raw, body)
          all.push(body)
          if (answer.status === 201) {
            acknowledged.push(body.id)
            continue
          }
          refused.push(body)
          await isTold(answer)
          expect(await find(raw, body.id)).toBeNull()
        }
        // What stands there can still be read.
        expect((await find(raw, acknowledged[0] ?? ''))?.message).toHaveLength(50_000)
        expect((await idsOf(raw)).toSorted()).toEqual(acknowledged.toSorted())
        enlarge()
        for (const body of refused) expect((await submit(raw, body)).status).toBe(201)
        await raw.crash()
        expect(await rows(raw, 'PRAGMA quick_check')).toEqual([{ quick_check: 'ok' }])
        await agrees(raw)
        expect((await idsOf(raw)).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
        holds({ acknowledged, rows: await idsOf(raw) })
      } finally {
        await raw.stop()
      }
    })
  },
)

it('a database that says it is full is answered with when to try again, and then all is as before', async () => {
  const raw = await serveRaw({ quiet: true })
  try {
    const words = ['D1_ERROR: database or disk is full: SQLITE_FULL', 'D1_ERROR: Exceeded maximum DB size.']
    for (const error of words) {
      const body = said()
      await isTold(await submit(raw, body, interruptedBy({ call: 0, words: 'INTO item', error })))
      expect((await submit(raw, body)).status).toBe(201)
    }
    await agrees(raw)
    record({ runs: 2, acknowledged: 2, stored: (await idsOf(raw)).length })
  } finally {
    await raw.stop()
  }
})
