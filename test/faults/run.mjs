// `npm run test:faults`: every fault, against the built system; at the end a table of what came of each.
import { runWithProjectNode } from '../../worker/dev/install.mjs'

await runWithProjectNode('test/faults/run-all.mjs', process.argv.slice(2))
