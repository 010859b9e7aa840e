import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { rollup } from 'rollup'

const room = dirname(fileURLToPath(import.meta.url))
const target = 'es2022'

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

/** Writes `console/index.html`, the sign-in page's files, and `console/assets/*`, named by their content, below `outDir`. */
export async function buildConsole(outDir) {
  const folder = resolve(outDir, 'console')
  const assets = join(folder, 'assets')
  await rm(folder, { recursive: true, force: true })
  const [files, code] = await Promise.all([buildFiles(assets), buildCode(assets), buildSignIn(folder)])
  const names = new Map([...files, code])
  const page = await readFile(join(room, 'index.html'), 'utf8')
  const html = page.replace(/assets\/([\w.]+)/g, (_, entry) => `assets/${names.get(entry)}`)
  await writeFile(join(folder, 'index.html'), html)
}

/** What the pages need that the worker writes itself; it knows no hashes, so these have none. */
async function buildSignIn(outdir) {
  const entryPoints = ['sign-in/sign-in.ts', 'sign-in/sign-in.css', 'icon.svg'].map((file) => join(room, file))
  const loader = { '.svg': 'copy' }
  const entryNames = '[name]'
  await build({
    entryPoints,
    entryNames,
    outdir,
    loader,
    bundle: true,
    minify: true,
    format: 'esm',
    target,
    logLevel: 'warning',
  })
}

/** Styles, the icon, and the script that must run before anything is drawn. */
async function buildFiles(outdir) {
  const { metafile } = await build({
    entryPoints: ['console.css', 'scheme.ts', 'icon.svg'].map((file) => join(room, file)),
    outdir,
    entryNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
    bundle: true,
    minify: true,
    target,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return Object.entries(metafile.outputs).map(([path, { entryPoint = '' }]) => [basename(entryPoint), basename(path)])
}

/**
 * The console itself, as few files as can be: one that every visit loads, and one for each part that is loaded when
 * somebody goes there. esbuild alone shares by who needs what, which makes two dozen files of which each costs a request;
 * rollup alone reads every icon there is. So the one bundles, and the other puts together what is loaded together.
 */
async function buildCode(dir) {
  const { outputFiles } = await build({
    entryPoints: [join(room, 'main.tsx')],
    outdir: dir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [sheetsAsText],
    minifySyntax: true,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  })
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]))
  const bundle = await rollup({
    input: join(dir, 'main.js'),
    plugins: [
      {
        name: 'bundled',
        resolveId: (id, from) => (from === undefined ? id : join(dirname(from), id)),
        load: (id) => texts.get(id),
        renderChunk: async (code) => (await transform(code, { minify: true, target, format: 'esm' })).code,
      },
    ],
  })
  let first = null
  const { output } = await bundle.write({
    dir,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    manualChunks: (id, graph) => ((first ??= firstLoad(graph)).has(id) ? 'console' : undefined),
  })
  await bundle.close()
  return ['main.tsx', output.find((file) => file.isEntry).fileName]
}

/** Every module that the entry needs at once. */
function firstLoad({ getModuleIds, getModuleInfo }) {
  const entry = [...getModuleIds()].find((id) => getModuleInfo(id).isEntry)
  const found = new Set([entry])
  for (const id of found) for (const imported of getModuleInfo(id).importedIds) found.add(imported)
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole(process.argv[2] ?? 'dist/site')
