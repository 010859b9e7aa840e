/**
 * Builds what pages load: `earshot.js`, its versioned twin, and the chunks that it imports by address. Each file is
 * bundled alone, so that none waits for another; rollup does not split an IIFE.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { minify } from 'terser'
import { minify as minifyAgain } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * One entry as one minified file. `define` writes constants in; `chunk` takes a file that is imported dynamically and
 * gives the address to import instead.
 */
export async function bundle(entry, { format, define = {}, chunk }) {
  const build = await rollup({
    input: entry,
    plugins: [
      nodeResolve({ extensions: ['.mjs', '.js', '.ts'] }),
      esbuild({ target: 'es2022', tsconfig: false, define }),
      chunk && {
        name: 'chunks',
        resolveDynamicImport: (path, importer) => external(chunk, resolve(importer, '..', path)),
      },
    ],
  })
  const { output } = await build.generate({ format, strict: false, inlineDynamicImports: true })
  await build.close()
  const { code } = await minify(output[0].code, {
    module: format === 'es',
    toplevel: true,
    ecma: 2020,
    compress: {
      passes: 10,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_comps: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
    },
    // The names are left to the other one, which finds what this one leaves: two bytes in a hundred.
    mangle: false,
    format: { comments: false },
  })
  const again = await minifyAgain(`${basename(entry)}.js`, code, {
    module: format === 'es',
    compress: { target: 'es2022' },
  })
  if (again.errors.length > 0) throw new Error(again.errors[0].message)
  return again.code.replaceAll(placeholder, './')
}

// Rollup would resolve a relative path against the entry; the files lie beside each other.
const placeholder = 'chunk:'

async function external(chunk, entry) {
  return { id: `${placeholder}${await chunk(entry)}`, external: 'absolute' }
}

/**
 * Writes the widget's files into `outDir`.
 *
 * @param {string} outDir such as `dist/site`
 * @returns {Promise<{ version: string, integrity: string, files: string[] }>} paths are relative to `outDir`
 */
export async function buildWidget(outDir) {
  const { version } = JSON.parse(await readFile(join(here, '../package.json'), 'utf8'))
  await rm(join(outDir, 'chunks'), { recursive: true, force: true })
  await mkdir(join(outDir, 'chunks'), { recursive: true })
  const building = new Map()
  /** The file name of the chunk that starts here; each is built once, with what it imports dynamically. */
  const chunk = (entry) => {
    if (!building.has(entry)) building.set(entry, writeChunk(outDir, entry, chunk))
    return building.get(entry)
  }
  const paths = await Promise.all(
    ['client.ts', 'form/index.ts', 'extras.ts'].map(async (entry) => basename(await chunk(join(here, entry)), '.js')),
  )
  const [client, form, extras] = paths
  const launcher = await bundle(join(here, 'auto.ts'), {
    format: 'iife',
    define: { chunkPaths: JSON.stringify({ client, form, extras }) },
  })
  const files = ['earshot.js', `earshot.${version}.js`]
  for (const file of files) await writeFile(join(outDir, file), launcher)
  const integrity = `sha384-${createHash('sha384').update(launcher).digest('base64')}`
  const chunks = await Promise.all(building.values())
  return { version, integrity, files: [...files, ...chunks.map((file) => `chunks/${file}`)] }
}

const previews = { 'survey-preview.js': 'surveys/preview.ts', 'form-preview.js': 'form/preview.ts' }

/** Writes what the console shows surveys and the form with: files in `console/`, whose addresses do not change. */
export async function buildPreview(outDir) {
  await mkdir(join(outDir, 'console'), { recursive: true })
  const write = async ([file, entry]) =>
    writeFile(join(outDir, 'console', file), await bundle(join(here, entry), { format: 'es' }))
  await Promise.all(Object.entries(previews).map(write))
}

/** Named after its folder, or its file, and what is in it. */
async function writeChunk(outDir, entry, chunk) {
  const code = await bundle(entry, { format: 'es', chunk })
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8)
  const name = basename(entry, '.ts') === 'index' ? basename(dirname(entry)) : basename(entry, '.ts')
  const file = `${name}.${hash}.js`
  await writeFile(join(outDir, 'chunks', file), code)
  return file
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outDir = resolve(process.argv[2] ?? join(here, '../dist/site'))
  const { version, integrity, files } = await buildWidget(outDir)
  for (const file of files) console.log(file)
  console.log(`integrity of earshot.${version}.js: ${integrity}`)
}
