import path from 'node:path'
import { serveBuilt } from '../bundle.mjs'

export const serve = (options) => serveBuilt({ ...options, app: path.join(import.meta.dirname, 'app') })
