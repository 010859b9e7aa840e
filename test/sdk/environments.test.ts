import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const built = join(import.meta.dirname, '../../dist/package')
const sdk = pathToFileURL(join(built, 'sdk/index.js')).href
const widget = pathToFileURL(join(built, 'widget/index.js')).href
const crumbs = pathToFileURL(join(built, 'sdk/crumbs/index.js')).href

/** Sends one message that waits, then one that is stored; an expression that gives both states. */
const journey = (from: string) => `(async () => {
  const { createEarshot } = ${from}
  let up = false
  const fetch = async (url, init) => {
    if (!up) throw new TypeError('down')
    return { status: 201, headers: { get: () => 'application/json' }, json: async () => ({ id: JSON.parse(init.body).id, notes: [] }) }
  }
  const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://c.example', fetch })
  earshot.identify({ id: 'u_42', token: 'h.eyJzdWIiOiJ1XzQyIn0.s' })
  earshot.tag('plan', 'pro')
  earshot.context('cart', { items: 3 })
  earshot.crumb('looked', { at: new Date(0) })
  const first = await earshot.send({ message: 'a' })
  up = true
  const second = await earshot.send({ message: 'b' })
  return [first.state, first.kept, second.state, await earshot.flush()].join()
})()`

/** One file without imports, for where there is no loader. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(join(built, 'sdk/index.js'))}`, resolveDir: built },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'sdk',
  })
  return outputFiles[0]!.text
}

const folder = mkdtempSync(join(tmpdir(), 'earshot-node-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the built package', () => {
  it('works in Node, and keeps no process alive that has nothing else to do', async () => {
    const file = join(folder, 'app.mjs')
    // Not destroyed, with one that waits: only the process's own end ends it.
    const down = `createEarshot({ key: 'pub_y', endpoint: 'https://c.example', fetch: () => Promise.reject(new Error('down')) })`
    writeFileSync(
      file,
      `import * as sdk from ${JSON.stringify(sdk)}
       import { recordCrumbs } from ${JSON.stringify(crumbs)}
       const { createEarshot } = sdk
       console.log(await ${journey('sdk')})
       const waiting = ${down}
       const undo = recordCrumbs(waiting)
       console.error('a warning')
       console.log((await waiting.send({ message: 'a' })).state, waiting.facts().crumbs[0].message)
       undo()`,
    )
    const { stdout } = await run(process.execPath, [file], { timeout: 20_000 })
    expect(stdout.trim().split('\n')).toEqual(['queued,page,stored,0', 'queued a warning'])
  })

  it('works in a worker thread', async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads')
       import(${JSON.stringify(sdk)}).then((sdk) => ${journey('sdk')}).then((said) => parentPort.postMessage(said))`,
      { eval: true },
    )
    const said = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    await worker.terminate()
    expect(said).toBe('queued,page,stored,0')
  })

  it('does not throw where there is nothing but the language, and tells the truth', async () => {
    const context = createContext({})
    runInContext(await bundle(), context)
    const said: unknown = await runInContext(journey('sdk'), context)
    // Without timers and addresses nothing can be sent; what was said waits, and nobody is told otherwise.
    expect(said).toMatch(/^(queued|cancelled),.*,(queued|cancelled),\d$/)
  })

  it.each([
    ['earshot', sdk],
    ['earshot/widget', widget],
    ['earshot/crumbs', crumbs],
  ])('touches nothing when %s is imported, as server rendering does', async (_, entry) => {
    const file = join(folder, 'rendered.mjs')
    writeFileSync(
      file,
      `const touched = new Set()
       const names = ['document', 'window', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage',
         'indexedDB', 'addEventListener', 'setTimeout', 'setInterval', 'queueMicrotask', 'requestIdleCallback',
         'XMLHttpRequest', 'customElements', 'crypto', 'console', 'process', 'matchMedia', 'CSSStyleSheet']
       const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)])
       const { fetch } = globalThis
       for (const name of names) Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.add(name) })
       const api = await import(${JSON.stringify(entry)})
       for (const [name, descriptor] of own) {
         if (descriptor) Object.defineProperty(globalThis, name, descriptor)
         else delete globalThis[name]
       }
       console.log(JSON.stringify([[...touched], fetch === globalThis.fetch, Object.keys(api)]))
       // Mounted by mistake while rendering on a server: nothing happens.
       if (api.mount) {
         const widget = api.mount({ key: 'pub_x', endpoint: 'https://c.example' })
         widget.tag('plan', 'pro')
         await widget.open()
         console.log((await widget.send({ message: 'a' })).state)
         widget.destroy()
       }`,
    )
    const { stdout, stderr } = await run(process.execPath, [file], { timeout: 20_000 })
    const [first = '', second] = stdout.trim().split('\n')
    const [touched, isSameFetch, names] = JSON.parse(first) as [string[], boolean, string[]]
    expect(touched).toEqual([])
    expect(isSameFetch).toBe(true)
    expect(names.length).toBeGreaterThan(0)
    if (entry === widget) expect(second).toBe('cancelled')
    expect(stderr).toBe('')
  })
})
