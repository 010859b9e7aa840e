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
let isOpen = false
const server = await serve({
  state: path.join(home, 'state'),
  port,
  setupToken,
  // What the server says while it starts is news only where it does not start; `serve` tells it then.
  onLog: (text) => isOpen && process.stderr.write(text),
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => void server.stop().then(() => process.exit(0)))
}

try {
  const { demo, signInUrl } = await openDemo()
  console.log(`
  Demo product   ${server.origin}/
  Console        ${server.origin}/console/
  Sign in once   ${signInUrl}

  Publishable key  ${demo.publishableKey}
  Secret key       ${demo.secretKey}
  Identity secret  ${demo.identitySecret}   (signs who somebody is)
  Project id       ${demo.project}   (whom that is signed for)

State lives in .earshot/. Begin anew: npm start -- --reset. Stop: Ctrl C.`)
} catch (error) {
  await server.stop()
  console.error(
    `The demo could not be opened: ${error.message}\nTry npm start again; npm start -- --reset begins anew.`,
  )
  process.exit(1)
}
isOpen = true
server.child.on('exit', (code) => process.exit(code ?? 1))

/** The demo project, made and filled when it is not there yet, and a link into its console. */
async function openDemo() {
  const demo = known ?? (await makeDemo())
  if (demo.identitySecret === undefined) {
    demo.identitySecret = await makeIdentitySecret(demo)
    remember(demo)
  }
  if (demo.seeded !== true) {
    await seed(server.origin, demo.secretKey)
    await server.runSchedule()
    remember({ ...demo, seeded: true })
  }
  if (known === null) {
    // New files make the server restart, so they come last, and the links are printed once they are served.
    await buildDemoFor(demo.publishableKey)
    await untilServed(server.origin, demo.publishableKey)
  }
  const response = await fetch(`${server.origin}/v1/sign-in-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.secretKey}` },
  })
  if (!response.ok) throw new Error('the key in .earshot/demo.json is not accepted')
  return { demo, signInUrl: (await response.json()).url }
}

/** Makes the project, and remembers its keys at once, so that a start that is broken off goes on with it. */
async function makeDemo() {
  const { project, publishableKey, secretKey } = await setUp(server.origin, setupToken, 'Demo')
  const demo = { project, publishableKey, secretKey, seeded: false }
  remember(demo)
  return demo
}

function remember(demo) {
  writeFileSync(keysFile, JSON.stringify(demo, null, 2), { mode: 0o600 })
}

/** Also for a demo that an older version made. */
async function makeIdentitySecret({ project, secretKey }) {
  const response = await fetch(`${server.origin}/v1/projects/${project}/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'identity', name: 'Demo' }),
  })
  if (response.status === 401) throw new Error('the key in .earshot/demo.json is not accepted')
  if (!response.ok) throw new Error(`the identity secret could not be made: ${await response.text()}`)
  return (await response.json()).key
}

/** Waits until the demo's pages carry the key and the worker answers. */
async function untilServed(origin, key) {
  for (let i = 0; i < 100; i++) {
    try {
      const [page, health] = await Promise.all([fetch(`${origin}/`), fetch(`${origin}/healthz`)])
      if (health.ok && (await page.text()).includes(key)) return
    } catch {
      // Restarting: nobody listens for a moment.
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

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
