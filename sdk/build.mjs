/**
 * Builds the published package: ES modules for `earshot`, `earshot/widget` and `earshot/wire` with what they have in
 * common as chunks, type declarations beside them, and the command line tool as one file.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Writes the package into `outDir`.
 *
 * @param {string} outDir such as `dist/package`
 */
export async function buildPackage(outDir) {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  await Promise.all([buildModules(outDir), buildCli(outDir), writeTypes(outDir)])
}

async function buildModules(outDir) {
  await build({
    absWorkingDir: root,
    entryPoints: { index: 'sdk/index.ts', wire: 'sdk/wire/index.ts', widget: 'widget/index.ts' },
    outdir: outDir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    target: 'es2022',
  })
}

async function buildCli(outDir) {
  const entry = join(root, 'sdk/cli/index.ts')
  if (!existsSync(entry)) return
  await build({
    entryPoints: [entry],
    outfile: join(outDir, 'cli.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Some of the inlined packages are CommonJS and ask for Node's own modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
}

/** The declarations that the type check emits, with the extensions that a published package needs. */
async function writeTypes(outDir) {
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'widget'], {
    cwd: root,
  })
  for (const folder of ['sdk', 'sdk/wire', 'widget', 'widget/form']) {
    const from = join(root, '.tsbuild', folder)
    for (const name of await readdir(from)) {
      // What is left of a file that is gone must not be published.
      if (!name.endsWith('.d.ts') || !existsSync(join(root, folder, name.replace('.d.ts', '.ts')))) continue
      const target = join(outDir, folder, name)
      await mkdir(dirname(target), { recursive: true })
      const text = await readFile(join(from, name), 'utf8')
      await writeFile(
        target,
        text.replace(/(from '\.[^']*)\.tsx?'/g, "$1.js'").replace(/(import\("\.[^"]*)\.tsx?"/g, '$1.js"'),
      )
    }
  }
  await cp(join(root, 'LICENSE'), join(outDir, 'LICENSE'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPackage(resolve(process.argv[2] ?? join(root, 'dist/package')))
}
