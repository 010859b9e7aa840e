import { execFile } from 'node:child_process'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'
import type { InlineConfig } from 'vite'
import { installPacked } from '../package/consumer.ts'

export type Framework = 'react' | 'vue' | 'svelte'

/** A customer's project: the built package and the frameworks in its `node_modules`, the pages as its sources. */
export interface Project {
  /** Renders a framework's page in plain Node, builds its development client, and gives the site's folder. */
  build(framework: Framework): Promise<string>
  remove(): Promise<void>
}

export async function makeProject(): Promise<Project> {
  const borrowed = ['react', 'react-dom', 'scheduler', 'vue', '@vue', 'svelte', 'esm-env', 'clsx', 'devalue']
  const consumer = await installPacked(borrowed)
  const { folder } = consumer
  await cp(join(import.meta.dirname, 'pages'), join(folder, 'pages'), { recursive: true })
  // As an app says it: what is named here is not bundled into the server's part.
  const dependencies = { earshot: '*', svelte: '*' }
  await consumer.write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }))
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
    remove: () => consumer.remove(),
  }
}
