import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { serverLimits } from '../limits.ts'
import { build } from './build.mjs'
import { projectNode, root } from './install.mjs'
import { setUp } from './server.mjs'

const help = `Usage: npm run deploy -- [options]

  --jurisdiction eu|fedramp|none   where database and images live; asked for when left out, and fixed for good
  --name NAME                      of the worker, its database and its bucket; "earshot" unless told
  --no-files                       no object storage: attachments off, everything else as ever
  --project NAME                   of the first project; "My product" unless told
  --dry-run                        build and bundle, upload nothing

Needs a Cloudflare account: run "npx wrangler login" once, or set CLOUDFLARE_API_TOKEN.`

const { values: options } = parseArgs({
  options: {
    jurisdiction: { type: 'string' },
    name: { type: 'string', default: 'earshot' },
    project: { type: 'string', default: 'My product' },
    'no-files': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(help)
  process.exit(0)
}

const home = path.join(root, '.earshot', 'deploy')
const config = path.join(home, 'wrangler.json')
const state = path.join(home, `${options.name}.json`)
const bucket = `${options.name}-files`
const placed = (jurisdiction) => (jurisdiction === 'none' ? [] : ['--jurisdiction', jurisdiction])
mkdirSync(home, { recursive: true })
await build({ force: true })

if (options['dry-run']) {
  writeConfig(null, options['no-files'] ? null : 'none')
  wrangler(['deploy', '--dry-run', '--outdir', path.join(home, 'bundle'), '-c', config], { show: true })
  console.log(`Bundled into ${path.relative(root, home)}; nothing was uploaded.`)
  process.exit(0)
}

const database = findDatabase() ?? (await createDatabase())
const filesIn = options['no-files'] ? null : (findBucket() ?? createBucket())
writeConfig(database, filesIn)
wrangler(['d1', 'migrations', 'apply', 'DB', '--remote', '-c', config], { show: true })
const deployed = wrangler(['deploy', '-c', config], { show: true })
const origin = /https:\/\/[^\s]+\.workers\.dev/.exec(deployed)?.[0]
if (origin === undefined)
  fail('The worker was deployed, but wrangler named no address. See above, and set up with POST /v1/setup.')

if (existsSync(state)) {
  console.log(`\nDeployed to ${origin}. The project that was made before goes on.\n${aboutFiles()}`)
  process.exit(0)
}

// The token opens the set-up for this one call; afterwards the route does not exist.
const setupToken = randomBytes(24).toString('hex')
wrangler(['secret', 'put', 'SETUP_TOKEN', '-c', config], { input: setupToken })
const made = await untilReady(() => setUp(origin, setupToken, options.project))
wrangler(['secret', 'delete', 'SETUP_TOKEN', '-c', config], { input: 'y\n' })
writeFileSync(state, JSON.stringify({ origin, project: made.project }, null, 2))
console.log(`
  Console          ${origin}/console/
  Sign in once     ${made.signInUrl}
  Publishable key  ${made.publishableKey}
  Secret key       ${made.secretKey}   (shown this once)

  <script async src="${origin}/earshot.js" data-key="${made.publishableKey}"></script>

${aboutFiles()}`)

function aboutFiles() {
  return filesIn === null
    ? 'Attachments are off: this deployment has no object storage. Turn R2 on in the dashboard and deploy again to have them.'
    : `Attachments are on: images lie in the bucket ${bucket}.`
}

function findDatabase() {
  const all = JSON.parse(wrangler(['d1', 'list', '--json']))
  return all.find(({ name }) => name === options.name)?.uuid ?? null
}

/** The jurisdiction in which the bucket for images is; null where there is none yet. */
function findBucket() {
  const isIn = (place) => attempt(['r2', 'bucket', 'info', bucket, ...placed(place)]).status === 0
  return ['none', 'eu', 'fedramp'].find(isIn) ?? null
}

/** Makes the bucket where the database is. Without object storage everything else works, so nothing here is fatal. */
function createBucket() {
  if (options.jurisdiction === undefined) {
    console.log('No bucket for images: say where the database lives (--jurisdiction) to have one made there.')
    return null
  }
  const { status, stdout, stderr } = attempt(['r2', 'bucket', 'create', bucket, ...placed(options.jurisdiction)])
  if (status === 0) return options.jurisdiction
  console.log(`No bucket for images could be made:\n${stdout}${stderr}`)
  return null
}

async function createDatabase() {
  options.jurisdiction ??= await ask()
  if (!['eu', 'fedramp', 'none'].includes(options.jurisdiction)) fail('--jurisdiction is eu, fedramp or none.')
  wrangler(['d1', 'create', options.name, ...placed(options.jurisdiction)], { show: true })
  return findDatabase() ?? fail('The database was created, but is not listed. Run the command again.')
}

async function ask() {
  if (!process.stdin.isTTY)
    fail('Say where the database is to live: --jurisdiction eu|fedramp|none. It cannot be changed later.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    'Where is the database to live? It cannot be changed later. eu, fedramp or none [none]: ',
  )
  terminal.close()
  return answer.trim() || 'none'
}

/** `filesIn` is the bucket's jurisdiction; null leaves object storage out. */
function writeConfig(databaseId, filesIn) {
  const text = readFileSync(path.join(root, 'worker', 'wrangler.jsonc'), 'utf8')
  // JSON with trailing commas, as the formatter leaves them; it has no comments.
  const settings = JSON.parse(text.replace(/,(\s*[}\]])/g, '$1'))
  settings.name = options.name
  settings.main = path.join(root, 'worker', settings.main)
  settings.assets.directory = path.join(root, 'worker', settings.assets.directory)
  const [db] = settings.d1_databases
  db.database_name = options.name
  db.migrations_dir = path.join(root, 'worker', db.migrations_dir)
  if (databaseId !== null) db.database_id = databaseId
  const [files] = settings.r2_buckets
  files.bucket_name = bucket
  if (filesIn === null) delete settings.r2_buckets
  else if (filesIn !== 'none') files.jurisdiction = filesIn
  settings.ratelimits = ['ADDRESS_LIMIT', 'KEY_LIMIT'].map(limiter)
  writeFileSync(config, JSON.stringify(settings, null, 2))
}

/** One of Cloudflare's rate limiters, told apart from those of other deployments of the account by its name. */
function limiter(name) {
  const limit = name === 'ADDRESS_LIMIT' ? serverLimits.limiterAddress : serverLimits.limiterKey
  const id = createHash('sha256').update(`${options.name} ${name}`).digest().readUInt32BE() % 1_000_000_000
  return { name, namespace_id: String(id + 1), simple: { limit, period: serverLimits.limiterSeconds } }
}

function attempt(args, input) {
  const bin = path.join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
  return spawnSync(projectNode(), [bin, ...args], { cwd: root, input, encoding: 'utf8' })
}

function wrangler(args, { show = false, input } = {}) {
  const { status, stdout, stderr } = attempt(args, input)
  if (show) process.stdout.write(stdout)
  if (status !== 0) fail(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${stdout}${stderr}`)
  return stdout
}

/** A secret takes some seconds to reach every place. */
async function untilReady(attempt) {
  for (let i = 0; ; i++) {
    try {
      return await attempt()
    } catch (error) {
      if (i >= 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 3_000))
    }
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
