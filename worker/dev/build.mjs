import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './install.mjs'

const site = path.join(root, 'dist', 'site')
const stamp = path.join(root, 'dist', '.inputs')
const inputs = ['package.json', 'sdk', 'widget', 'worker/console', 'worker/dev/build.mjs', 'examples/demo']

const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const fromAnywhere = [
  'Access-Control-Allow-Origin: *',
  'Cross-Origin-Resource-Policy: cross-origin',
  'X-Content-Type-Options: nosniff',
]
const forGood = 'Cache-Control: public, max-age=31536000, immutable'

/** Headers of the static files. The launcher moves with the deployment; everything with a hash or a version stays. */
const headers = {
  '/earshot.js': ['Cache-Control: public, max-age=300', ...fromAnywhere],
  '/earshot.*.js': [forGood, ...fromAnywhere],
  '/chunks/*': [forGood, ...fromAnywhere],
  '/console/*': [
    `Content-Security-Policy: ${consolePolicy}`,
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
    'Cross-Origin-Opener-Policy: same-origin',
    'Cross-Origin-Resource-Policy: same-origin',
    'Strict-Transport-Security: max-age=31536000; includeSubDomains',
  ],
  '/console/assets/*': [forGood],
}

/**
 * Builds widget, console and package; skips everything when nothing they are made from has changed. What is there is
 * replaced only when the new is whole, and the demo's pages stay: a server may be serving this folder.
 */
export async function build({ force = false } = {}) {
  const wanted = fingerprint()
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  const next = path.join(root, 'dist', '.next')
  rmSync(next, { recursive: true, force: true })
  mkdirSync(path.join(next, 'site'), { recursive: true })
  const load = (file) => import(pathToFileURL(path.join(root, file)).href)
  const [{ buildWidget, buildPreview }, { buildConsole }, { buildPackage }] = await Promise.all(
    ['widget/build.mjs', 'worker/console/build.mjs', 'sdk/build.mjs'].map(load),
  )
  await Promise.all([
    buildWidget(path.join(next, 'site')),
    buildConsole(path.join(next, 'site')),
    buildPackage(path.join(next, 'package')),
  ])
  // After the console, which clears its folder. It has no hash in its name, so it is asked for anew each time.
  await buildPreview(path.join(next, 'site'))
  const lines = Object.entries(headers).flatMap(([pattern, values]) => [
    pattern,
    ...values.map((value) => `  ${value}`),
  ])
  writeFileSync(path.join(next, 'site', '_headers'), `${lines.join('\n')}\n`)
  mkdirSync(site, { recursive: true })
  for (const name of readdirSync(path.join(next, 'site'))) replace(path.join(next, 'site', name), path.join(site, name))
  replace(path.join(next, 'package'), path.join(root, 'dist', 'package'))
  rmSync(next, { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

function replace(from, to) {
  rmSync(to, { recursive: true, force: true })
  renameSync(from, to)
}

/** Writes the demo product, which carries the key of the project that it reports to. */
export async function buildDemoFor(key, outDir = site) {
  const { buildDemo } = await import(pathToFileURL(path.join(root, 'examples/demo/build.mjs')).href)
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  await buildDemo(outDir, { key, version })
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const input of inputs) visit(path.join(root, input), hash)
  return hash.digest('hex')
}

function visit(file, hash) {
  const stat = statSync(file)
  if (!stat.isDirectory()) {
    hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file))
    return
  }
  for (const name of readdirSync(file).sort()) visit(path.join(file, name), hash)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ensureInstalled } = await import('./install.mjs')
  ensureInstalled()
  await build({ force: true })
  console.log('Built dist/site and dist/package.')
}
