// `npm run deploy`: Earshot on Cloudflare, with its database, from this checkout.
import { runWithProjectNode } from './install.mjs'

await runWithProjectNode('worker/dev/deploy-all.mjs', process.argv.slice(2))
