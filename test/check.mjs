// `npm run check`: the fast part. Types, lint, format, architecture, sizes.
import { runWithProjectNode } from '../worker/dev/install.mjs'

await runWithProjectNode('test/check-all.mjs', process.argv.slice(2))
