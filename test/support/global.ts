import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { build } from '../../worker/dev/build.mjs'
import { freePort, serve } from '../../worker/dev/server.mjs'
import { readyBrowsers } from './chromium.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    origin: string
    setupToken: string
  }
}

/** Builds everything once and serves the built worker in workerd, on a database of its own, for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build()
  const state = mkdtempSync(join(tmpdir(), 'earshot-test-'))
  const setupToken = randomBytes(24).toString('hex')
  const server = await serve({ state, port: await freePort(), setupToken, scheduleMs: 0 })
  const browsers = await readyBrowsers(project.vitest.config.maxWorkers)
  project.provide('origin', server.origin)
  project.provide('setupToken', setupToken)
  return async () => {
    await browsers.close()
    await server.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
