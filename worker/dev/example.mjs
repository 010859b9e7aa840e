// `npm run example -- NAME`: one of the examples, with a collector behind it. Without a name it lists them.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runWithProjectNode } from './install.mjs'

const examples = path.join(root, 'examples')
const names = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, 'serve.mjs')))
const name = process.argv[2]
if (!names.includes(name)) {
  console.error(`${name ? `There is no example "${name}". ` : ''}Name one of: ${names.join(', ')}`)
  process.exit(1)
}
// Once more under the project's own Node, everything being installed.
if (!process.env.EARSHOT_EXAMPLE) {
  process.env.EARSHOT_EXAMPLE = name
  await runWithProjectNode('worker/dev/example.mjs', [name])
} else {
  await run()
}

async function run() {
  const collectorPort = process.env.PORT ?? '8787'
  const endpoint = `http://localhost:${collectorPort}`
  let collector
  if (!(await isThere(endpoint))) {
    console.log('Starting the collector.')
    collector = spawn(process.execPath, [path.join(root, 'worker/dev/run.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve, reject) => {
      collector.stdout.on('data', (chunk) => {
        process.stdout.write(chunk)
        if (String(chunk).includes('Publishable key')) resolve()
      })
      collector.on('exit', () => reject(new Error('The collector did not start.')))
    })
  }
  const keysFile = path.join(root, '.earshot', 'demo.json')
  if (!existsSync(keysFile)) {
    console.error(
      `Something else answers at ${endpoint}. End it, or choose another port: PORT=8790 npm run example -- ${name}`,
    )
    process.exit(1)
  }
  const { publishableKey: key, project, identitySecret } = JSON.parse(readFileSync(keysFile, 'utf8'))
  const { serve } = await import(pathToFileURL(path.join(examples, name, 'serve.mjs')).href)
  const example = await serve({
    endpoint,
    key,
    project,
    identitySecret,
    port: Number(process.env.EXAMPLE_PORT ?? 8788),
  })
  console.log(`
  Example   ${example.origin}/
  Console   ${endpoint}/console/

Stop: Ctrl C.`)
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      collector?.kill()
      void example.close().then(() => process.exit(0))
    })
  }
}

async function isThere(endpoint) {
  try {
    return (await fetch(`${endpoint}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    // Nobody listens.
    return false
  }
}
