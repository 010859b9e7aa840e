import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from '../../worker/dev/install.mjs'
import { launch } from './browser.mjs'
import { median, table } from './load.mjs'
import { bundlePeer, installPeers, versions } from './peers.mjs'
import { serveSite } from './site.mjs'

const rounds = 15

/**
 * `npm run bench -- sdk`: what `import` costs a page, nothing called yet: our headless SDK and our widget's entry beside
 * `@sentry/browser` and `posthog-js`, each kept whole, bundled and minified by the same esbuild in the same run. In
 * Chromium, processor slowed four times, a fresh context a load, in turn: how long the fetched text takes to be compiled
 * and evaluated, and the heap that stays after a collection (the text itself is part of it), less that of the empty page.
 */
export async function bench() {
  installPeers()
  const codes = {
    nothing: '',
    'earshot, headless': await bundleOurs('sdk/index.ts'),
    'earshot/widget, its entry': await bundleOurs('widget/index.ts'),
    [`@sentry/browser ${versions['@sentry/browser']}`]: await bundlePeer(
      "import * as sentry from '@sentry/browser'; globalThis.kept = sentry",
    ),
    [`@sentry/browser, init alone`]: await bundlePeer("import { init } from '@sentry/browser'; globalThis.kept = init"),
    [`posthog-js ${versions['posthog-js']}`]: await bundlePeer(
      "import posthog from 'posthog-js'; globalThis.kept = posthog",
    ),
  }
  const names = Object.keys(codes)
  const files = Object.fromEntries(
    names.flatMap((name, n) => [
      [`/${n}.js`, codes[name]],
      [`/${n}`, '<!doctype html><title>A page</title>'],
    ]),
  )
  const site = await serveSite(files)
  const browser = await launch()
  const seen = names.map(() => ({ ms: [], bytes: [] }))
  try {
    for (let round = 0; round < rounds; round++) {
      for (const n of names.keys()) {
        const { ms, bytes } = await load(browser, `${site.origin}/${n}`, `/${n}.js`)
        seen[n].ms.push(ms)
        seen[n].bytes.push(bytes)
      }
    }
    console.log(`Chromium ${browser.version()}, medians of ${rounds} loads each, in turn, processor slowed 4 times`)
  } finally {
    await browser.close()
    site.close()
  }
  const empty = median(seen[0].bytes)
  const ours = median(seen[1].ms)
  table(
    ['', 'bytes', 'gzip', 'brotli', 'evaluation ms', 'fastest', 'slowest', 'of our headless', 'heap kB'],
    names.slice(1).map((name, at) => {
      const { ms, bytes } = seen[at + 1]
      const code = codes[name]
      return [
        name,
        Buffer.byteLength(code),
        gzipSync(code, { level: 9 }).length,
        brotliCompressSync(code).length,
        median(ms),
        Math.min(...ms),
        Math.max(...ms),
        median(ms) / ours,
        (median(bytes) - empty) / 1_000,
      ]
    }),
  )
}

/** An entry of ours as a page loads it at first: what is imported later stays out, by its address. */
async function bundleOurs(entry) {
  const { outputFiles } = await build({
    stdin: { contents: `import * as ours from './${entry}'; globalThis.kept = ours`, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    plugins: [
      {
        name: 'later',
        setup: (bundler) =>
          bundler.onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === 'dynamic-import' ? { path, external: true } : undefined,
          ),
      },
    ],
  })
  return outputFiles[0].text
}

async function load(browser, address, file) {
  const context = await browser.newContext()
  const view = await context.newPage()
  const session = await context.newCDPSession(view)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await view.goto(address)
  const ms = await view.evaluate(async (path) => {
    const code = await (await fetch(path)).text()
    const script = Object.assign(document.createElement('script'), { textContent: code })
    const begun = performance.now()
    // An inline script is compiled and run at once, with no cache of compiled code.
    document.head.append(script)
    return performance.now() - begun
  }, file)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await context.close()
  return { ms, bytes: usedSize }
}
