import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../sdk/wire/version.ts'
import { newestTable } from '../../worker/storage/database.ts'
import { problemOf, startSystem } from '../support/system.ts'
import { serveRaw } from '../bench/raw/serve.mjs'

describe('/healthz', () => {
  it('says that it runs, which release it is, and nothing to a cache', async () => {
    const { origin } = await startSystem()
    const response = await fetch(`${origin}/healthz`)
    expect(await response.json()).toEqual({ ok: true, version, now: expect.any(String) as string })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('says of a database without the newest table what to do', async () => {
    const raw = await serveRaw({ quiet: true })
    try {
      await raw.sql(`ALTER TABLE ${newestTable} RENAME TO gone`)
      const response = await fetch(`${raw.origin}/healthz`)
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(await problemOf(response)).toMatchObject({
        status: 503,
        detail: expect.stringMatching(/migrations/) as string,
      })
    } finally {
      await raw.stop()
    }
  })

  it('looks for a table of the last migration that makes any', () => {
    const folder = resolve(import.meta.dirname, '../../worker/storage/migrations')
    const made = readdirSync(folder)
      .toSorted()
      .map((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)])
      .findLast((tables) => tables.length > 0)
    expect(made?.map(([, table]) => table)).toContain(newestTable)
  })
})
