/**
 * For the examples that are built: vite makes the app's files as it does for any app, and they are served under a policy
 * that lets the page load nothing but those and reach nothing but the collector.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { serveFolder } from './server.mjs'

/**
 * Builds the app of a folder and serves it.
 *
 * @param {import('./server.mjs').ExampleOptions & { app: string, plugins?: import('vite').PluginOption[] }} options
 *   `app` is the folder with the app's `index.html`
 */
export async function serveBuilt({ app, plugins = [], ...options }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'earshot-example-'))
  const { endpoint, key } = options
  await build({
    root: app,
    configFile: false,
    logLevel: 'error',
    plugins,
    // In a project of your own these stand in `.env`.
    define: {
      'import.meta.env.VITE_EARSHOT_KEY': JSON.stringify(key),
      'import.meta.env.VITE_EARSHOT_ENDPOINT': JSON.stringify(endpoint),
    },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  })
  const headers = { 'content-security-policy': policy(endpoint) }
  const example = await serveFolder({ ...options, folder, headers })
  return { origin: example.origin, close: () => example.close().then(() => rm(folder, { recursive: true })) }
}

/** The widget comes with the app, so that the collector needs no place in `script-src`. */
const policy = (endpoint) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${endpoint}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
