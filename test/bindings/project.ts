import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'
import type { InlineConfig } from 'vite'

const root = join(import.meta.dirname, '../..')

export type Framework = 'react' | 'vue' | 'svelte'

/** A customer's project: the built package and the frameworks in its `node_modules`, the pages as its sources. */
export interface Project {
  /** Renders a framework's page in plain Node, builds its development client, and gives the site's folder. */
  build(framework: Framework): Promise<string>
  remove(): Promise<void>
}

export async function makeProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-bindings-'))
  const installed = join(folder, 'node_modules/earshot')
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { exports: object }
  await mkdir(installed, { recursive: true })
  await cp(join(root, 'dist/package'), join(installed, 'dist/package'), { recursive: true })
  await writeFile(
    join(installed, 'package.json'),
    JSON.stringify({ ...manifest, exports: { ...bindings, ...manifest.exports } }),
  )
  for (const name of ['react', 'react-dom', 'scheduler', 'vue', '@vue', 'svelte', 'esm-env', 'clsx', 'devalue']) {
    await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  await cp(join(import.meta.dirname, 'pages'), join(folder, 'pages'), { recursive: true })
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: { earshot: '*', svelte: '*' } }),
  )
  const vite = (config: InlineConfig['build'], framework: Framework) =>
    build({
      root: folder,
      configFile: false,
      mode: 'development',
      logLevel: 'error',
      define: {
        'process.env.NODE_ENV': '"development"',
        // As Vue's own plugin does.
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
      },
      plugins: framework === 'svelte' ? [svelte({ configFile: false })] : [],
      build: { minify: false, emptyOutDir: false, ...config },
    })
  return {
    async build(framework) {
      const site = join(folder, 'out', framework)
      let server = join(folder, `pages/${framework}-server.js`)
      if (framework === 'svelte') {
        await vite({ ssr: server, outDir: 'out/server' }, framework)
        server = join(folder, 'out/server/svelte-server.js')
      }
      const output = { entryFileNames: 'app.js' }
      const [{ stdout: html, stderr }] = await Promise.all([
        promisify(execFile)(process.execPath, [server], { cwd: folder }),
        vite({ outDir: site, rollupOptions: { input: `pages/${framework}-client.js`, output } }, framework),
      ])
      if (stderr) throw new Error(stderr)
      await writeFile(
        join(site, 'index.html'),
        `<!doctype html><html lang="en"><title>${framework}</title><div id="root">${html}</div><script type="module" src="/app.js"></script></html>`,
      )
      return site
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

const place = './dist/package/sdk/bindings'
/** As `package.json` says it, where that does not yet. */
const bindings = {
  './react': { types: `${place}/react.d.ts`, default: `${place}/react.js` },
  './vue': { types: `${place}/vue.d.ts`, default: `${place}/vue.js` },
  './svelte': {
    types: `${place}/svelte/index.d.ts`,
    svelte: `${place}/svelte/index.js`,
    default: `${place}/svelte/index.js`,
  },
}
