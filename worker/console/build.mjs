import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const room = dirname(fileURLToPath(import.meta.url))

/** A sheet that a module imports travels with it as text: what few visits need is no part of the first load. */
const sheetsAsText = {
  name: 'sheets',
  setup(builder) {
    builder.onResolve({ filter: /\.css$/ }, ({ kind, resolveDir, path }) =>
      kind === 'import-statement' ? { path: resolve(resolveDir, path), namespace: 'sheet' } : undefined,
    )
    builder.onLoad({ filter: /\.css$/, namespace: 'sheet' }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false })
      return { contents: outputFiles[0].text, loader: 'text' }
    })
  },
}

/** Writes `console/index.html` and `console/assets/*`, named by their content, below `outDir`. */
export async function buildConsole(outDir) {
  const target = join(outDir, 'console')
  await rm(target, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: ['main.tsx', 'console.css', 'scheme.ts', 'icon.svg'].map((file) => join(room, file)),
    outdir: join(target, 'assets'),
    entryNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
    plugins: [sheetsAsText],
    bundle: true,
    // What few visits need (charts, settings) comes when somebody goes there.
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const assets = new Map(
    Object.entries(metafile.outputs).map(([path, { entryPoint = '' }]) => [basename(entryPoint), basename(path)]),
  )
  const page = await readFile(join(room, 'index.html'), 'utf8')
  const html = page.replace(/assets\/([\w.]+)/g, (_, entry) => `assets/${assets.get(entry)}`)
  await writeFile(join(target, 'index.html'), html)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole(process.argv[2] ?? 'dist/site')
