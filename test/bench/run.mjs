// `npm run bench`: every benchmark; `npm run bench -- NAME` one of them. Fails on no figure.
import { runWithProjectNode } from '../../worker/dev/install.mjs'

await runWithProjectNode('test/bench/run-all.mjs', process.argv.slice(2))
