/**
 * `npm run size`: every shipped file in bytes, gzip and brotli, beside its budget. Ends with 1 where one is exceeded.
 * A kilobyte is 1,000 bytes.
 */
import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build as esbuild } from 'esbuild'
import { build } from '../worker/dev/build.mjs'
import { bundle } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const site = join(root, 'dist/site')
const consoleAssets = join(site, 'console/assets')

/** Budgets in bytes, gzip. The client is the headless SDK and what a script's attributes say. */
const budgets = {
  launcher: 2_790,
  client: 5_980,
  form: 8_500,
  together: 15_240,
  uploads: 1_230,
  diagnostics: 2_100,
  crumbs: 3_100,
  beside: 1_500,
  files: 2_000,
  capture: 5_000,
  'page-image': 11_500,
  due: 1_900,
  surveys: 6_600,
  language: 2_000,
  sdk: 5_740,
  'earshot/react': 1_250,
  'earshot/vue': 1_480,
  'earshot/svelte': 1_330,
  console: 80_000,
}

function measure(name, code, budget) {
  const bytes = Buffer.byteLength(code)
  return { name, bytes, gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code).length, budget }
}

function sum(name, rows, budget) {
  const add = (column) => rows.reduce((total, row) => total + row[column], 0)
  return { name, bytes: add('bytes'), gzip: add('gzip'), brotli: add('brotli'), budget }
}

const languages = (await readdir(join(root, 'widget/locales'))).map((file) => file.replace('.ts', ''))

async function measureWidget() {
  const chunks = await readdir(join(site, 'chunks'))
  const read = (path) => readFile(join(site, path))
  const chunk = (name) => `chunks/${chunks.find((file) => file.startsWith(`${name}.`))}`
  const rows = [
    measure('earshot.js', await read('earshot.js'), budgets.launcher),
    measure(chunk('client'), await read(chunk('client')), budgets.client),
    measure(chunk('form'), await read(chunk('form')), budgets.form),
  ]
  const first = new Set(rows.map(({ name }) => name))
  const later = await Promise.all(
    chunks
      .map((file) => ({ file, name: file.split('.')[0] }))
      .filter(({ file }) => !first.has(`chunks/${file}`))
      .map(async ({ file, name }) => measure(`chunks/${file}`, await read(`chunks/${file}`), budgets[name])),
  )
  // Of the languages the largest one speaks for all.
  const isLanguage = ({ name }) => languages.includes(name.split(/[/.]/)[1])
  const largest = later.filter(isLanguage).sort((a, b) => b.gzip - a.gzip)[0]
  const others = later.filter((row) => !isLanguage(row))
  const language = { ...largest, name: `${largest.name}, the largest language`, budget: budgets.language }
  return [...rows, sum('launcher, client and form', rows, budgets.together), ...others, language]
}

async function measureSdk() {
  // As a customer's bundler does it: what is loaded by those who need it are chunks of their own.
  const code = await bundle(join(root, 'sdk/index.ts'), {
    format: 'es',
    chunk: (file) => basename(file).replace('.ts', '.js'),
  })
  return measure('earshot, headless, outbox included', code, budgets.sdk)
}

/** Each as a customer's bundler adds it to an app that has the framework and loads the widget on its own. */
async function measureBindings() {
  const files = { react: 'react.ts', vue: 'vue.ts', svelte: 'svelte/index.ts' }
  return Promise.all(
    Object.entries(files).map(async ([framework, file]) => {
      const { outputFiles } = await esbuild({
        entryPoints: [join(root, 'sdk/bindings', file)],
        // Its element comes as source, for the customer's own compiler.
        loader: { '.svelte': 'empty' },
        external: ['react', 'vue', 'svelte', 'earshot/widget'],
        bundle: true,
        minify: true,
        format: 'esm',
        write: false,
      })
      const name = `earshot/${framework}`
      return measure(name, outputFiles[0].contents, budgets[name])
    }),
  )
}

async function measureConsole() {
  const files = (await readdir(consoleAssets)).filter((file) => /\.(js|css)$/.test(file))
  const rows = await Promise.all(
    files.map(async (file) => measure(`console/assets/${file}`, await readFile(join(consoleAssets, file)))),
  )
  const first = await firstLoad()
  return [
    ...rows,
    sum(
      'console, first load',
      rows.filter(({ name }) => first.has(name.slice('console/assets/'.length))),
      budgets.console,
    ),
  ]
}

/** What the page names, and what those files import at once. */
async function firstLoad() {
  const page = await readFile(join(site, 'console/index.html'), 'utf8')
  const found = new Set([...page.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, file]) => file))
  for (const file of found) {
    const text = await readFile(join(consoleAssets, file), 'utf8')
    for (const [, target] of text.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) found.add(target)
  }
  return found
}

// Skips what has not changed, so that no stale file is measured.
await build()
const rows = [...(await measureWidget()), await measureSdk(), ...(await measureBindings()), ...(await measureConsole())]
const width = Math.max(...rows.map((row) => row.name.length))
const print = (...cells) =>
  console.log(cells.map((cell, at) => (at ? String(cell).padStart(9) : cell.padEnd(width))).join(''))
print('file', 'bytes', 'gzip', 'brotli', 'budget', '')
for (const { name, bytes, gzip, brotli, budget } of rows) {
  print(name, bytes, gzip, brotli, budget ?? '', gzip > budget ? 'over' : '')
}
const over = rows.filter((row) => row.gzip > row.budget)
if (over.length > 0) console.log(`\nOver budget: ${over.map((row) => row.name).join(', ')}`)
process.exitCode = over.length > 0 ? 1 : 0
