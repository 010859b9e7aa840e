/**
 * Builds the published package: each source file as an ES module of its own, with its types beside it, so that a
 * customer's bundler takes exactly what is used and splits where we do; and the command line tool as one file.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What `package.json` exports, each subpath's file. */
const entries = ['sdk/index.ts', 'sdk/wire/index.ts', 'sdk/crumbs/index.ts', 'widget/index.ts']

/** TypeScript projects whose declarations are published. */
const projects = ['widget']

/**
 * Writes the package into `outDir`.
 *
 * @param {string} outDir such as `dist/package`
 */
export async function buildPackage(outDir) {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  const [modules, inlined] = await Promise.all([buildModules(outDir), buildCli(outDir), emitTypes()])
  await copyTypes(outDir, modules)
  await writeLicences(outDir, [...modules, ...inlined])
}

/** Answers with the source files that were taken. */
async function buildModules(outDir) {
  const bundle = await rollup({
    input: entries.map((entry) => join(root, entry)),
    plugins: [
      nodeResolve({ extensions: ['.mjs', '.js', '.ts'] }),
      esbuild({ target: 'es2022', tsconfig: false, sourceMap: false }),
    ],
  })
  const { output } = await bundle.write({
    dir: outDir,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: root,
    // A registry leaves out every folder of the other name.
    entryFileNames: ({ name }) => `${name.replace('node_modules', 'vendor')}.js`,
  })
  await bundle.close()
  return output.map(({ facadeModuleId }) => relative(root, facadeModuleId ?? ''))
}

/** Answers with the source files that were taken. */
async function buildCli(outDir) {
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [join(root, 'sdk/cli/index.ts')],
    outfile: join(outDir, 'cli.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Some of the inlined packages are CommonJS and ask for Node's own modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return Object.keys(metafile.inputs)
}

/** The declarations that the type check emits. */
async function emitTypes() {
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', ...projects], {
    cwd: root,
  })
}

/** Those of our own files, also of files that are types alone, with the extensions that a published package needs. */
async function copyTypes(outDir, sources) {
  const folders = new Set(sources.filter((file) => file.endsWith('.ts')).map((file) => dirname(file)))
  for (const folder of folders) {
    for (const name of await readdir(join(root, folder))) {
      if (!/\.tsx?$/.test(name)) continue
      const declaration = join(folder, name.replace(/\.tsx?$/, '.d.ts'))
      const text = await readFile(join(root, '.tsbuild', declaration), 'utf8')
      await mkdir(join(outDir, folder), { recursive: true })
      await writeFile(
        join(outDir, declaration),
        text.replace(/(from '\.[^']*)\.tsx?'/g, "$1.js'").replace(/(import\("\.[^"]*)\.tsx?"/g, '$1.js"'),
      )
    }
  }
}

/** Ours, and that of every package that is part of a file here. */
async function writeLicences(outDir, sources) {
  const packages = new Set(sources.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))
  const texts = await Promise.all(
    [...packages].sort().map(async (name) => {
      const folder = join(root, 'node_modules', name)
      const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file))
      if (!file) throw new Error(`${name} is bundled and has no licence file.`)
      return `${name}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
    }),
  )
  await cp(join(root, 'LICENSE'), join(outDir, 'LICENSE'))
  await writeFile(join(outDir, 'THIRD-PARTY-LICENSES.txt'), texts.join('\n---\n\n'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPackage(resolve(process.argv[2] ?? join(root, 'dist/package')))
}
