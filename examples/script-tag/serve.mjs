import { serveFolder } from '../server.mjs'

export const serve = (options) => serveFolder({ ...options, folder: import.meta.dirname })
