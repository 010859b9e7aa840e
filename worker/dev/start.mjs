// `npm start`: from a fresh clone to a demo product with the widget in it, and the console.
import { runWithProjectNode } from './install.mjs'

await runWithProjectNode('worker/dev/run.mjs', process.argv.slice(2))
