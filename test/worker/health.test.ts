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
      const ask = () => fetch(`${raw.origin}/healthz`)
      // What it said last counts for a second.
      await expect.poll(async () => (await ask()).status, { timeout: 30_000 }).toBe(503)
      const response = await ask()
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(await problemOf(response)).toMatchObject({
        status: 503,
        detail: expect.stringMatching(/migrations/) as string,
      })
    } finally {
      await raw.stop()
    }
  })

  it('is not alone in saying so: whatever needs the missing table does, and stores nothing by halves', async () => {
    const raw = await serveRaw({ quiet: true })
    try {
      const ask = (path: string, init: RequestInit = {}) =>
        fetch(raw.origin + path, {
          ...init,
          headers: { authorization: `Bearer ${raw.secretKey}`, 'content-type': 'application/json' },
        })
      const view = { name: 'Bugs', query: 'kind=bug', visibility: 'shared' }
      await raw.sql('ALTER TABLE saved_view RENAME TO gone')
      for (const asked of [ask('/v1/views'), ask('/v1/views', { method: 'POST', body: JSON.stringify(view) })]) {
        const response = await asked
        expect(response.status).toBe(503)
        expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
        expect(await problemOf(response)).toMatchObject({
          code: 'unavailable',
          detail: expect.stringMatching(/migrations.*npm start/) as string,
        })
      }
      await raw.sql('ALTER TABLE gone RENAME TO saved_view')
      expect(await (await ask('/v1/views')).json()).toEqual({ items: [] })
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
