import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { serveBuilt } from '../bundle.mjs'

export const serve = (options) =>
  serveBuilt({ ...options, app: path.join(import.meta.dirname, 'app'), plugins: [svelte({ configFile: false })] })
