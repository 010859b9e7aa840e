import { readFileSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import esbuild from 'esbuild'
import type { Browser } from 'playwright-core'
import { rollup } from 'rollup'
import { build as vite } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveFolder } from '../../examples/server.mjs'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem } from '../support/system.ts'
import type { System } from '../support/system.ts'
import { installPacked, root } from './consumer.ts'
import type { Consumer } from './consumer.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  exports: Record<string, unknown>
}
const subpaths = Object.keys(manifest.exports)
  .filter((name) => name !== './package.json')
  .map((name) => name.replace(/^\./, 'earshot'))

let consumer: Consumer
let system: System
let browser: Browser

beforeAll(async () => {
  const borrowed = ['react', '@types/react', 'csstype', 'vue', '@vue', 'svelte', '@types/estree']
  ;[consumer, system, browser] = await Promise.all([installPacked(borrowed), startSystem('Package'), launchBrowser()])
  await consumer.write('use.ts', usage(subpaths))
  await consumer.write('use-without.ts', usage(subpaths.filter((name) => !/react|vue|svelte/.test(name))))
  await consumer.write('app.js', app)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await consumer.remove()
})

const usage = (names: readonly string[]) => `
${names.map((name, n) => `import * as part${n} from '${name}'\nexport { part${n} }`).join('\n')}
import { createEarshot } from 'earshot'
import type { Sent } from 'earshot'
import { mount } from 'earshot/widget'
import type { Feedback } from 'earshot/wire'
const earshot = createEarshot({ key: 'pub_x', endpoint: 'https://feedback.example.com' })
export const sent: Promise<Sent> = earshot.send({ kind: 'bug', message: 'Wrong' })
export const open: Promise<void> = mount({ key: 'pub_x', endpoint: 'https://feedback.example.com' }).open({ kind: 'idea' })
export const words = (item: Feedback): string => item.message
// @ts-expect-error There is no such option.
createEarshot({ key: 'pub_x', endpoint: 'https://feedback.example.com', colour: 'red' })
// @ts-expect-error A message is text.
void earshot.send({ message: 5 })
`

const app = `
import { createEarshot } from 'earshot'
import { mount } from 'earshot/widget'
const settings = { key: '{{key}}', endpoint: '{{endpoint}}', release: '1.4.2' }
const headless = createEarshot(settings)
headless.tag('from', 'headless')
window.widget = mount(settings)
window.headless = headless
`

describe('the packed package', () => {
  it('holds its licence, readme and code, and nothing of its sources or tests', async () => {
    const files = await readdir(join(consumer.folder, 'node_modules/earshot'), { recursive: true, withFileTypes: true })
    const names = files.filter((file) => file.isFile()).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['LICENSE', 'THIRD-PARTY-LICENSES.txt', 'README.md', 'package.json', 'cli.js']),
    )
    expect(names.filter((name) => /(?<!\.d)\.tsx?$|\.test\.|\.map$|\.env/.test(name))).toEqual([])
  })

  it('installs nothing else', async () => {
    const lock = JSON.parse(await readFile(join(consumer.folder, 'package-lock.json'), 'utf8')) as { packages: object }
    const installed = Object.entries(lock.packages as Record<string, { peer?: boolean }>)
    expect(installed.map(([name]) => name)).toEqual(['', 'node_modules/earshot'])
  })

  it('fetches no code from elsewhere: every dynamic import names a file of the package', async () => {
    const folder = join(consumer.folder, 'node_modules/earshot/dist/package')
    const files = (await readdir(folder, { recursive: true })).filter(
      (name) => name.endsWith('.js') && name !== 'cli.js',
    )
    const imports = await Promise.all(
      files.map(async (name) => (await readFile(join(folder, name), 'utf8')).match(/\bimport\s*\([^)]*\)/g) ?? []),
    )
    expect(imports.flat().length).toBeGreaterThan(5)
    const literal = /^import\('(\.{1,2}\/[^']+\.js|earshot\/widget)'\)$/
    expect(imports.flat().filter((found) => !literal.test(found))).toEqual([])
  })

  it('is found faultless by publint', async () => {
    expect(await consumer.node(join(root, 'node_modules/publint/src/cli.js'), consumer.tarball, '--strict')).toContain(
      'All good',
    )
  })

  it('is found faultless by attw, as an ESM package', async () => {
    const program = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    // It ends with 1 where it finds a problem that the profile does not rule out.
    const said = await consumer.node(program, consumer.tarball, '--profile=esm-only', '--format=json')
    const { analysis } = JSON.parse(said) as { analysis: { entrypoints: object } }
    expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(manifest.exports))
  })

  it.each([
    ['TypeScript 7', 'bundler', 'esnext', 'typescript', 'use.ts'],
    ['TypeScript 7', 'node16', 'node16', 'typescript', 'use.ts'],
    // Not the frameworks' own types, which it takes ten seconds for.
    ['TypeScript 5', 'node16', 'node16', '@arethetypeswrong/core/node_modules/typescript', 'use-without.ts'],
  ])(
    'type-checks in %s by %s resolution, strictly, with its declarations',
    async (_, moduleResolution, module, place, use) => {
      const options = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2022',
        module,
        moduleResolution,
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        types: [],
      }
      const file = `tsconfig.${moduleResolution}.json`
      await consumer.write(file, JSON.stringify({ compilerOptions: options, files: [use] }))
      expect(await consumer.node(join(root, 'node_modules', place, 'bin/tsc'), '-p', file)).toBe('')
    },
    60_000,
  )

  it('runs in Node, where what was sent is stored', async () => {
    await consumer.write(
      'run.js',
      `import { createEarshot } from 'earshot'
       const earshot = createEarshot({ key: '${system.publishableKey}', endpoint: '${system.origin}' })
       earshot.tag('runtime', 'node')
       console.log(JSON.stringify(await earshot.send({ kind: 'idea', message: 'From a package in Node' })))`,
    )
    const sent = JSON.parse(await consumer.node('run.js')) as { id: string; state: string }
    expect(sent.state).toBe('stored')
    expect(await system.find(sent.id)).toMatchObject({ message: 'From a package in Node', tags: { runtime: 'node' } })
  })

  it('brings the command line tool', async () => {
    expect(await consumer.node('node_modules/.bin/earshot', '--version')).toBe(`${manifest.version}\n`)
  })

  it('costs nothing where nothing of it is used', async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: subpaths.map((name) => `import '${name}'`).join('\n'), resolveDir: consumer.folder },
      bundle: true,
      format: 'esm',
      minify: true,
      write: false,
      loader: { '.svelte': 'empty' },
      logLevel: 'silent',
    })
    expect(outputFiles[0]?.text.trim()).toBe('')
  })
})

describe('an app built with the package', () => {
  const builders: Record<string, (input: string, dir: string) => Promise<string[]>> = {
    async esbuild(input, outdir) {
      const { warnings } = await esbuild.build({
        entryPoints: [input],
        outdir,
        bundle: true,
        splitting: true,
        minify: true,
        format: 'esm',
        logLevel: 'silent',
      })
      return warnings.map(({ text }) => text)
    },
    async rollup(input, dir) {
      const warnings: string[] = []
      const built = await rollup({ input, plugins: [nodeResolve()], onwarn: ({ message }) => warnings.push(message) })
      await built.write({ dir, format: 'es' })
      await built.close()
      return warnings
    },
    async vite(input, outDir) {
      const warnings: string[] = []
      const onwarn = ({ message = '' }) => void warnings.push(message)
      const rollupOptions = { input, onwarn, output: { entryFileNames: 'app.js' } }
      const build = { outDir, emptyOutDir: false, rollupOptions }
      await vite({ root: consumer.folder, configFile: false, logLevel: 'silent', build })
      return warnings
    },
  }

  it.each(Object.keys(builders))('by %s loads the form from the app’s own origin, and sends', async (name) => {
    const dir = join(consumer.folder, 'out', name)
    await consumer.write(
      `out/${name}/index.html`,
      '<!doctype html><html lang="en"><title>App</title><script type="module" src="/app.js"></script>',
    )
    expect(await builders[name]?.(join(consumer.folder, 'app.js'), dir)).toEqual([])
    const entry = await readFile(join(dir, 'app.js'), 'utf8')
    // The form and everything behind it are chunks that wait for somebody to care.
    expect(entry).not.toContain('What happened')
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${system.origin}; base-uri 'none'`
    const site = await serveFolder({
      folder: dir,
      endpoint: system.origin,
      key: system.publishableKey,
      port: 0,
      headers: { 'content-security-policy': policy },
    })
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    await page.goto(site.origin)
    await page.getByRole('button', { name: 'Feedback' }).click()
    await page.locator('earshot-widget textarea').fill(`Built by ${name}`)
    await page.locator('earshot-widget [type=submit]').click()
    await page.getByText('Thank you. It arrived and is stored.').waitFor()
    const sent = await page.evaluate((message) => {
      type Window = { headless: { send: (said: object) => Promise<{ state: string }> } }
      return (globalThis as unknown as Window).headless.send({ message })
    }, `Headless, built by ${name}`)
    expect(sent.state).toBe('stored')
    const { items } = await system.list()
    expect(items.slice(0, 2)).toMatchObject([
      { message: `Headless, built by ${name}`, tags: { from: 'headless' }, source: 'sdk' },
      { message: `Built by ${name}`, release: '1.4.2', source: 'widget' },
    ])
    expect(errors).toEqual([])
    await page.close()
    await site.close()
  })
})
