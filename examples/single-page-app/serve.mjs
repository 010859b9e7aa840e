import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { serveFolder } from '../server.mjs'

/** Bundles the app as any bundler would: the widget's chunks become the app's own, loaded when they are needed. */
export async function serve(options) {
  const here = import.meta.dirname
  const folder = await mkdtemp(path.join(tmpdir(), 'earshot-example-'))
  await build({
    entryPoints: [path.join(here, 'app.js')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
  })
  await cp(path.join(here, 'index.html'), path.join(folder, 'index.html'))
  const example = await serveFolder({ ...options, folder })
  return { origin: example.origin, close: () => example.close().then(() => rm(folder, { recursive: true })) }
}
