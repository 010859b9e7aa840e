import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const room = dirname(fileURLToPath(import.meta.url))

/** Writes `console/index.html` and `console/assets/*`, named by their content, below `outDir`. */
export async function buildConsole(outDir) {
  const target = join(outDir, 'console')
  await rm(target, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: ['main.tsx', 'console.css', 'scheme.ts', 'icon.svg'].map((file) => join(room, file)),
    outdir: join(target, 'assets'),
    entryNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
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
