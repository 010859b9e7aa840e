/**
 * Builds what pages load: `earshot.js`, its versioned twin, and the chunks that it imports by address. Each file is
 * bundled alone, so that none waits for another; rollup does not split an IIFE.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { minify } from 'terser'

const here = fileURLToPath(new URL('.', import.meta.url))

/** One entry as one minified file. `define` writes constants in. */
export async function bundle(entry, { format, define = {} }) {
  const build = await rollup({
    input: entry,
    plugins: [
      nodeResolve({ extensions: ['.mjs', '.js', '.ts'] }),
      esbuild({ target: 'es2022', tsconfig: false, define }),
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
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
    },
    format: { comments: false },
  })
  return code
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
  const [client, form] = await Promise.all([
    writeChunk(outDir, 'client', join(here, 'client.ts')),
    writeChunk(outDir, 'form', join(here, 'form/index.ts')),
  ])
  const launcher = await bundle(join(here, 'auto.ts'), {
    format: 'iife',
    define: { chunkPaths: JSON.stringify({ client, form }) },
  })
  const files = ['earshot.js', `earshot.${version}.js`]
  for (const file of files) await writeFile(join(outDir, file), launcher)
  const integrity = `sha384-${createHash('sha384').update(launcher).digest('base64')}`
  return { version, integrity, files: [...files, client, form] }
}

async function writeChunk(outDir, name, entry) {
  const code = await bundle(entry, { format: 'es' })
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8)
  const path = `chunks/${name}.${hash}.js`
  await writeFile(join(outDir, path), code)
  return path
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outDir = resolve(process.argv[2] ?? join(here, '../dist/site'))
  const { version, integrity, files } = await buildWidget(outDir)
  for (const file of files) console.log(file)
  console.log(`integrity of earshot.${version}.js: ${integrity}`)
}
