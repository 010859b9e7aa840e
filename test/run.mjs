// `npm test`: everything, from a fresh clone. The last line is `N passed, N failed`.
import { runWithProjectNode } from '../worker/dev/install.mjs'

await runWithProjectNode('test/run-all.mjs', process.argv.slice(2))
