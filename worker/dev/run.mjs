import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { build, buildDemoFor } from './build.mjs'
import { root } from './install.mjs'
import { serve, setUp } from './server.mjs'

const home = path.join(root, '.earshot')
const keysFile = path.join(home, 'demo.json')
const port = Number(process.env.PORT ?? 8787)

if (process.argv.includes('--reset')) rmSync(home, { recursive: true, force: true })
mkdirSync(home, { recursive: true })
if (!(await isFree(port))) {
  console.error(`Port ${port} is taken. End what runs there, or choose another: PORT=8790 npm start`)
  process.exit(1)
}

if (await build()) console.log('Built widget, console and package.')
const known = existsSync(keysFile) ? JSON.parse(readFileSync(keysFile, 'utf8')) : null
if (known !== null) await buildDemoFor(known.publishableKey)
const setupToken = randomBytes(24).toString('hex')
const server = await serve({
  state: path.join(home, 'state'),
  port,
  setupToken,
  onLog: (text) => process.stderr.write(text),
})

let demo = known
let signInUrl
if (demo === null) {
  const made = await setUp(server.origin, setupToken, 'Demo')
  demo = { project: made.project, publishableKey: made.publishableKey, secretKey: made.secretKey }
  signInUrl = made.signInUrl
  await buildDemoFor(demo.publishableKey)
  await seed(server.origin, demo.secretKey)
  await server.runSchedule()
  writeFileSync(keysFile, JSON.stringify(demo, null, 2), { mode: 0o600 })
} else {
  const response = await fetch(`${server.origin}/v1/sign-in-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.secretKey}` },
  })
  signInUrl = response.ok
    ? (await response.json()).url
    : '(none: the stored key is not accepted; try npm start -- --reset)'
}

console.log(`
  Demo product   ${server.origin}/
  Console        ${server.origin}/console/
  Sign in once   ${signInUrl}

  Publishable key  ${demo.publishableKey}
  Secret key       ${demo.secretKey}

State lives in .earshot/. Begin anew: npm start -- --reset. Stop: Ctrl C.`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await server.stop()
    process.exit(0)
  })
}
server.child.on('exit', (code) => process.exit(code ?? 1))

/** Fills the demo project through the same route that every import takes. */
async function seed(origin, secretKey) {
  const { demoItems } = await import('../../examples/demo/items.ts')
  const items = demoItems(new Date())
  for (let i = 0; i < items.length; i += 200) {
    const response = await fetch(`${origin}/v1/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-ndjson' },
      body: items
        .slice(i, i + 200)
        .map((item) => JSON.stringify(item))
        .join('\n'),
    })
    const answer = await response.text()
    const refused = answer.split('\n').find((line) => line.includes('"refused"'))
    if (!response.ok || refused) throw new Error(`The demo items were not taken: ${refused ?? answer}`)
  }
}

function isFree(wanted) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(wanted, 'localhost', () => probe.close(() => resolve(true)))
  })
}
