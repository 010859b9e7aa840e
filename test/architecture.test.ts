import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const rooms = ['sdk', 'widget', 'worker', 'examples']
const files = rooms.flatMap((room) => listFiles(join(root, room))).map((file) => relative(root, file))
const imports = new Map(files.map((file) => [file, importsOf(file)]))

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : listFiles(path)
    return /(?<!\.d)\.tsx?$/.test(name) ? [path] : []
  })
}

/** What a file imports: paths from the root for our own files, names for packages. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\*).*$/gm, '')
  const pattern = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g
  return [...text.matchAll(pattern)].map(([, target = '']) =>
    target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
  )
}

const isIn = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
const isOwn = (path: string) => isIn(path, ...rooms)

/** Room by room, what its files may import; the first that fits a file counts. */
const rules: [name: string, fits: (file: string) => boolean, may: (target: string, file: string) => boolean][] = [
  ['sdk/wire imports nothing', (file) => isIn(file, 'sdk/wire'), (target) => isIn(target, 'sdk/wire')],
  [
    'the CLI is a program of its own on top of the private API’s client',
    (file) => isIn(file, 'sdk/cli'),
    (target) => isIn(target, 'sdk/wire', 'sdk/server', 'sdk/mapping', 'sdk/cli', 'package.json') || !isOwn(target),
  ],
  [
    'the private API’s client speaks to the wire and depends on nothing',
    (file) => isIn(file, 'sdk/server'),
    (target) => isIn(target, 'sdk/wire', 'sdk/server'),
  ],
  [
    'bindings take the SDK, their framework, and the widget by its published name',
    (file) => isIn(file, 'sdk/bindings'),
    (target) => isIn(target, 'sdk') || /^(earshot\/widget|react|vue|svelte)(\/|$)/.test(target),
  ],
  ['the SDK speaks to the wire and depends on nothing', (file) => isIn(file, 'sdk'), (target) => isIn(target, 'sdk')],
  [
    'the widget takes the SDK and nothing else',
    (file) => isIn(file, 'widget'),
    (target, file) =>
      isIn(target, 'widget', 'sdk') || (target === 'modern-screenshot' && isIn(file, 'widget/page-image')),
  ],
  [
    'the console takes the wire, Preact and icons; its charts a plotting library, its import the mapping of columns',
    (file) => isIn(file, 'worker/console'),
    (target, file) =>
      isIn(target, 'worker/console', 'sdk/wire') ||
      /^(preact|@preact\/signals|lucide)(\/|$)/.test(target) ||
      (isIn(file, 'worker/console/numbers') && target === 'uplot') ||
      // What it shows to be copied, not what it runs.
      (file === 'worker/console/setup/start/snippets.ts' && target.startsWith('earshot/')) ||
      (isIn(file, 'worker/console/import') && isIn(target, 'sdk/mapping')),
  ],
  [
    'storage takes a database, never a request',
    (file) => isIn(file, 'worker/storage'),
    (target) => isIn(target, 'worker/storage', 'sdk/wire'),
  ],
  [
    'export formats are pure',
    (file) => isIn(file, 'worker/export') && !/\/(route|schema|stream|selection|archive)\.ts$/.test(file),
    (target) => isIn(target, 'worker/export', 'sdk/wire') || target.startsWith('@zip.js/zip.js'),
  ],
  [
    'numbers are pure: rows and the clock are handed in',
    (file) => isIn(file, 'worker/insight') && !/\/(route|schema|ask)\.ts$/.test(file),
    (target) => isIn(target, 'worker/insight', 'sdk/wire', 'worker/filters/day.ts'),
  ],
  [
    'what is sent is pure: fetch, clock, chance and resolver are handed in',
    (file) => isIn(file, 'worker/deliver'),
    (target) => isIn(target, 'worker/deliver', 'sdk/wire') || target === 'ipaddr.js',
  ],
  [
    'jobs take storage, and what they deliver',
    (file) => isIn(file, 'worker/jobs'),
    (target) =>
      isIn(
        target,
        'worker/jobs',
        'worker/storage',
        'worker/deliver',
        'worker/filters',
        'sdk/wire',
        'worker/limits.ts',
        'worker/log.ts',
        'worker/env.ts',
        'hono',
      ) || target === 'worker/people/marks.ts',
  ],
  [
    'app.ts is the table of contents, which index.ts alone opens',
    (file) => file === 'worker/index.ts' || file === 'worker/app.ts',
    () => true,
  ],
  [
    'a worker room takes itself, access, filters, intake’s pure parts, storage and the wire',
    (file) => isIn(file, 'worker'),
    (target, file) =>
      isIn(target, dirname(file), 'worker/access', 'worker/filters', 'worker/storage', 'sdk/wire') ||
      // The one door of every public route, and what its settings look like.
      /^worker\/admission\/(admit|origin|share)\.ts$/.test(target) ||
      /^worker\/(env|failure|limits|log|equal|routes|openapi)\.ts$/.test(target) ||
      (target.endsWith('/schema.ts') && file.endsWith('/schema.ts')) ||
      (isIn(file, 'worker/import') && /^worker\/intake\/(clock|identity|normalise|keep)\.ts$/.test(target)) ||
      (isIn(file, 'worker/team') && /^worker\/intake\/(normalise|sanitise)\.ts$/.test(target)) ||
      (isIn(file, 'worker/intake', 'worker/import', 'worker/team', 'worker/backup') &&
        target === 'worker/people/marks.ts') ||
      (isIn(file, 'worker/attachments') && target === 'image-size') ||
      (isIn(file, 'worker/export') && target.startsWith('@zip.js/zip.js')) ||
      (isIn(file, 'worker/access') && /^(jose|@simplewebauthn\/server)$/.test(target)) ||
      (isIn(file, 'worker/webhooks') && isIn(target, 'worker/deliver')) ||
      /^(hono|@hono\/zod-openapi|zod)(\/|$)/.test(target),
  ],
  [
    'examples take the published names only',
    (file) => isIn(file, 'examples'),
    (target, file) => isIn(target, file.split('/').slice(0, 2).join('/')) || /^(earshot|node:)/.test(target),
  ],
]

describe('the house', () => {
  it.each(rules.map(([name], index) => [name, index] as const))('%s', (_name, index) => {
    const fitting = files.filter((file) => rules.findIndex(([, fits]) => fits(file)) === index)
    const [, , may] = rules[index]!
    const broken = fitting.flatMap((file) =>
      (imports.get(file) ?? []).filter((target) => !may(target, file)).map((target) => `${file} -> ${target}`),
    )
    expect(broken).toEqual([])
    expect(fitting.length).toBeGreaterThan(0)
  })

  it('has no import cycle', () => {
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, trail: string[]) => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const target of imports.get(file) ?? []) if (imports.has(target)) visit(target, [...trail, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('keeps zod in schema files and env.ts', () => {
    const users = files.filter((file) =>
      readFileSync(join(root, file), 'utf8').match(/import \{[^}]*\bz\b[^}]*\} from '(zod|@hono\/zod-openapi)'/),
    )
    expect(users.filter((file) => !/\/(schema|env)\.ts$/.test(file))).toEqual([])
  })

  it('never lets a route import a route', () => {
    const isRoute = (file: string) => /^worker\/.*route\.ts$/.test(file)
    const broken = files
      .filter(isRoute)
      .flatMap((file) => (imports.get(file) ?? []).filter(isRoute).map((target) => `${file} -> ${target}`))
    expect(broken).toEqual([])
  })

  it('keeps SQL in storage', () => {
    const users = files.filter(
      (file) => isIn(file, 'worker') && /\.prepare\(|\bSELECT\b.+\bFROM\b/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(users.filter((file) => !isIn(file, 'worker/storage'))).toEqual([])
  })

  it('has no folder that names nothing', () => {
    const folders = new Set(files.flatMap((file) => file.split('/').slice(0, -1)))
    expect(
      ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'lib', 'misc'].filter((name) => folders.has(name)),
    ).toEqual([])
  })

  it('has no source file over 300 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300)
    expect(long).toEqual([])
  })
})
