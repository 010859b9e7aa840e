import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { root } from '../../worker/dev/install.mjs'

/** What we are compared with, at pinned versions; no dependency of the project. */
export const versions = {
  '@sentry-internal/feedback': '10.57.0',
  '@sentry/browser': '10.57.0',
  'posthog-js': '1.449.2',
  '@formbricks/surveys': '1.99.0',
}

const home = path.join(root, '.earshot/bench/peers')

/** Installs the peers into the benchmarks' own folder, once. */
export function installPeers() {
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`)
  const marker = path.join(home, '.installed')
  if (existsSync(marker)) return
  mkdirSync(home, { recursive: true })
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }')
  console.log(`Installing ${wanted.join(', ')}, once.`)
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...wanted], {
    cwd: home,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`The peers could not be installed: ${stderr}`)
  writeFileSync(marker, wanted.join('\n'))
}

/**
 * Bundles and minifies a few lines that use a peer.
 *
 * @param {string} code such as `export * from 'posthog-js/dist/surveys'`
 * @param {string[]} [external] what the page has already
 * @returns {Promise<string>}
 */
export async function bundlePeer(code, external = []) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: home },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external,
    define: { 'process.env.NODE_ENV': '"production"', __SENTRY_DEBUG__: 'false', __DEBUG_BUILD__: 'false' },
    logLevel: 'error',
  })
  return outputFiles[0].text
}
