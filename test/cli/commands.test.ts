import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { PassThrough, Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../sdk/cli/run.ts'
import { exporting, fakeCollector, json, problem, routes } from './fake-collector.ts'
import type { Answer, FakeCollector } from './fake-collector.ts'
import { cli, key, onTerminal, scratch } from './run-cli.ts'

let files: Awaited<ReturnType<typeof scratch>>
let collector: FakeCollector
let env: Record<string, string>

beforeEach(async () => {
  files = await scratch()
})
afterEach(async () => {
  await collector?.stop()
  await files.remove()
})

async function collecting(...answers: Answer[]): Promise<void> {
  collector = await fakeCollector(...answers)
  env = { EARSHOT_KEY: key, EARSHOT_ENDPOINT: collector.endpoint }
}

const access = json({ project: { id: 'p1', name: 'Acme' }, scopes: ['read', 'admin'] })
const asked = () => collector.seen.map(({ method, url }) => `${method} ${url.pathname}`)

describe('earshot changes', () => {
  const page = (ids: string[], cursor: string, more = false): Answer => {
    const lines = ids.map((id) => (id.startsWith('x') ? { id, change: 1, erased: true, erasedAt: '' } : { id }))
    const text = [...lines, { end: true, count: ids.length, cursor, more }].map((line) => `${JSON.stringify(line)}\n`)
    return (_, response) => response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(text.join(''))
  }

  it('writes each change as a line and says where it ended', async () => {
    await collecting(page(['a', 'x1'], 'c2', true), page(['b'], 'c3'))
    expect(await cli(['changes', '--cursor', 'c0'], env)).toEqual({
      code: 0,
      stdout: '{"id":"a"}\n{"id":"x1","change":1,"erased":true,"erasedAt":""}\n{"id":"b"}\n',
      stderr: '3 changes, 1 of them erased; the cursor is c3\n',
    })
    expect(collector.seen.map(({ url }) => url.search)).toEqual(['?cursor=c0', '?cursor=c2'])
    const { stderr } = await cli(['changes', '--json'], env)
    expect(JSON.parse(stderr)).toMatchObject({ changes: 1, items: 1, tombstones: 0, cursor: 'c3', output: null })
  })

  it('goes on from its cursor file, and adds to its file what is new', async () => {
    const words = ['changes', '--cursor-file', files.path('cursor'), '-o', files.path('all.ndjson')]
    await collecting(page(['a'], 'c1'), page([], 'c1'), page(['b'], 'c2'))
    for (let run = 0; run < 3; run++) expect(await cli(words, env)).toMatchObject({ code: 0, stdout: '' })
    expect(collector.seen.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'c1', 'c1'])
    expect(await readFile(files.path('all.ndjson'), 'utf8')).toBe('{"id":"a"}\n{"id":"b"}\n')
    expect(await readFile(files.path('cursor'), 'utf8')).toBe('c2\n')
  })

  it('keeps the cursor of what is written when the collector goes away, and mends a line that was cut', async () => {
    const words = ['changes', '--cursor-file', files.path('cursor'), '-o', files.path('all.ndjson')]
    await collecting(page(['a'], 'c1', true), problem(401, 'unknown-key'), page(['b'], 'c2'))
    expect(await cli(words, env)).toMatchObject({ code: 3 })
    expect(await readFile(files.path('cursor'), 'utf8')).toBe('c1\n')
    await appendFile(files.path('all.ndjson'), `{"id":"b","message":"${'x'.repeat(200_000)}`)
    expect(await cli(words, env)).toMatchObject({ code: 0 })
    expect(await readFile(files.path('all.ndjson'), 'utf8')).toBe('{"id":"a"}\n{"id":"b"}\n')
  })

  it('does not move its cursor over what could not be written', async () => {
    await collecting(page(['a'], 'c1'))
    const path = files.path('cursor')
    const full = new Writable({ write: (_chunk, _encoding, taken) => taken(new Error('no space left')) })
    full.on('error', () => undefined)
    const [stdin, stderr] = [Readable.from([]), new PassThrough()]
    expect(await run(['changes', '--cursor-file', path], { stdin, stdout: full, stderr, env })).toBe(1)
    expect(String(stderr.read())).toMatch(/cannot be written: no space left/)
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })

  it('asks nothing with files that cannot be used', async () => {
    await collecting(page(['a'], 'c1'))
    await writeFile(files.path('notes'), 'Dear diary,\n')
    await mkdir(files.path('folder'))
    for (const [words, reason] of [
      [['--cursor-file', files.path('notes')], /notes holds no cursor/],
      [['--cursor-file', files.path('no/where')], /cannot be written in .*no \(ENOENT\)/],
      [['-o', files.path('folder')], /folder cannot be written \(EISDIR\)/],
      [['--cursor-file', files.path('both'), '-o', files.path('./both')], /need a file each/],
      [['--cursor', 'c1', '--cursor-file', files.path('c')], /Give --cursor or --cursor-file/],
    ] as const) {
      const outcome = await cli(['changes', ...words], env)
      expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(reason) as string })
    }
    expect(collector.seen).toEqual([])
  })

  it('with a cursor that is none ends with 2', async () => {
    await collecting(problem(400, 'bad-cursor'))
    expect(await cli(['changes', '--cursor', 'x'], env)).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('earshot keys', () => {
  const made = { name: 'CI', environment: 'production', createdAt: '2026-11-01T00:00:00.000Z', lastUsedAt: null }
  const keys = [
    { ...made, id: `pub_${'p'.repeat(24)}`, type: 'publishable', hint: 'pub_pppppp', scopes: [], revokedAt: null },
    { ...made, id: 'h1', type: 'secret', hint: key.slice(0, 10), scopes: ['admin'], revokedAt: null },
    { ...made, id: 'h2', type: 'secret', hint: 'sec_bbbbbb', scopes: ['read', 'export'], revokedAt: null },
    { ...made, id: 'h3', type: 'identity', hint: 'idn_cccccc', scopes: [], revokedAt: null },
    { ...made, id: 'h4', type: 'secret', hint: 'sec_dddddd', scopes: ['read'], revokedAt: '2026-11-02T00:00:00.000Z' },
  ]
  const path = '/v1/projects/p1/keys'
  const created = { ...keys[2], id: 'h9', key: 'sec_new' }
  const all = routes({
    'GET /v1/access': access,
    [`GET ${path}`]: json({ items: keys }),
    [`POST ${path}`]: json(created, 201),
    [`DELETE ${path}/h2`]: (_, response) => response.writeHead(204).end(),
  })

  it('are listed with what they are for, and the project that signed identities are for', async () => {
    await collecting(all)
    const { code, stdout } = await cli(['keys'], env)
    expect(code).toBe(0)
    expect(stdout).toContain('Acme, project p1')
    expect(stdout).toMatch(/\npub_p{24} +publishable +CI +production +2026-11-01\n/)
    expect(stdout).toMatch(/\nsec_bbbbbb… +secret +CI +read,export +2026-11-01 +never\n/)
    expect(stdout).toMatch(/\nidn_cccccc… +identity +CI +signing +2026-11-01 +never\n/)
    expect(stdout).toMatch(/\nsec_dddddd… .* revoked 2026-11-02\n/)
    const { stdout: machine } = await cli(['keys', '--json'], env)
    expect(JSON.parse(machine)).toEqual({ project: { id: 'p1', name: 'Acme' }, items: keys })
  })

  it('are made, shown once, alone on stdout', async () => {
    await collecting(all)
    const words = ['keys', 'create', 'secret', '--name', 'CI', '--scope', 'read,export', '--scope', 'write']
    expect(await cli(words, env)).toEqual({
      code: 0,
      stdout: 'sec_new\n',
      stderr: 'This is shown once: put it where your server reads its secrets, never into a page.\n',
    })
    const sent = collector.seen.find(({ method }) => method === 'POST')
    expect(JSON.parse(sent?.body ?? '')).toEqual({ type: 'secret', name: 'CI', scopes: ['read', 'export', 'write'] })
    const machine = await cli([...words, '--json'], env)
    expect(machine.stderr).toBe('')
    expect(JSON.parse(machine.stdout)).toMatchObject({ key: 'sec_new', project: { id: 'p1' } })
    const signing = await cli(['keys', 'create', 'identity', '--name', 'Signing'], env)
    expect(signing.stderr).toContain('for aud p1')
    const staging = ['keys', 'create', 'publishable', '--name', 'S', '--environment', 'staging']
    expect(await cli(staging, env)).toMatchObject({ code: 0 })
    expect(JSON.parse(collector.seen.at(-1)?.body ?? '')).toEqual({
      type: 'publishable',
      name: 'S',
      environment: 'staging',
    })
  })

  it('are revoked by id or by how they begin', async () => {
    await collecting(all)
    for (const subject of ['h2', 'sec_bbbbbb', `sec_bbbbbb${'b'.repeat(34)}`]) {
      expect(await cli(['keys', 'revoke', subject], env)).toMatchObject({
        code: 0,
        stdout: '',
        stderr: 'sec_bbbbbb… (CI) is revoked. What still uses it is refused.\n',
      })
    }
    expect(asked().filter((one) => one.startsWith('DELETE'))).toHaveLength(3)
    const machine = await cli(['keys', 'revoke', 'h2', '--json'], env)
    expect(JSON.parse(machine.stdout)).toMatchObject({ revoked: 'h2' })
  })

  it.each([
    ['sec_zzzzzz', /no such key/],
    ['sec_', /no such key/],
    ['h4', /revoked already/],
    ['h1', /key in use here/],
  ])('(%s) are not revoked by mistake', async (subject, reason) => {
    await collecting(all)
    const outcome = await cli(['keys', 'revoke', subject], env)
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringMatching(reason) as string })
    expect(asked().filter((one) => one.startsWith('DELETE'))).toEqual([])
  })

  it('are changed by what is said alone, and their names are no commands to a terminal', async () => {
    const named = { ...keys[2], name: 'CI\u001b[2J', expiresAt: null }
    await collecting((request, response) =>
      request.method === 'PATCH' ? json(named)(request, response) : all(request, response),
    )
    const outcome = await cli(['keys', 'change', 'sec_bbbbbb', '--expires', 'never'], env)
    expect(outcome).toMatchObject({ code: 0, stdout: '' })
    expect(outcome.stderr).toMatch(/^sec_bbbbbb… \(CI ?\[2J\) does not stop by itself\.\n$/)
    const sent = collector.seen.find(({ method }) => method === 'PATCH')
    expect([sent?.url.pathname, JSON.parse(sent?.body ?? '')]).toEqual([`${path}/h2`, { expiresAt: null }])
  })

  it('name the scope that a key lacks, and do not make a second one when the answer is lost', async () => {
    const denied: Answer = (_, response) => {
      const detail = "This key lacks the scope 'admin', which this needs."
      const body = { title: '', status: 403, detail, code: 'no-scope', requestId: 'r1' }
      response.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body))
    }
    await collecting(routes({ 'GET /v1/access': access, [`GET ${path}`]: denied }))
    const outcome = await cli(['keys'], env)
    expect(outcome).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining("scope 'admin'") as string })
    await collector.stop()
    await collecting(routes({ 'GET /v1/access': access, [`POST ${path}`]: (_, response) => response.destroy() }))
    const lost = await cli(['keys', 'create', 'identity', '--name', 'S'], env)
    expect(lost).toMatchObject({ code: 3, stderr: expect.stringContaining('look before you ask again') as string })
    expect(asked().filter((one) => one.startsWith('POST'))).toHaveLength(1)
  })
})

describe('earshot signin', () => {
  it('prints a link, alone on stdout', async () => {
    const link = {
      url: 'https://feedback.example.com/console/sign-in?token=t',
      expiresAt: '2026-11-23T09:30:00.000Z',
      member: { id: 'm1', name: 'Ada', email: null },
    }
    await collecting(json(link, 201))
    expect(await cli(['signin'], env)).toEqual({
      code: 0,
      stdout: `${link.url}\n`,
      stderr: 'It signs Ada in, once, until 2026-11-23T09:30:00.000Z.\n',
    })
    expect(JSON.parse((await cli(['signin', '--json'], env)).stdout)).toEqual(link)
    expect(asked()).toEqual(['POST /v1/sign-in-links', 'POST /v1/sign-in-links'])
  })
})

describe('every command', () => {
  const commands = ['import', 'export', 'changes', 'keys', 'members', 'invite', 'erase', 'signin']
  it.each(commands)('%s explains itself, with examples and exit codes', async (command) => {
    const help = await cli([command, '--help'], {})
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toMatch(
      new RegExp(`^Usage: earshot ${command}[\\s\\S]*Exit code: 0 [\\s\\S]*Examples?:\\n  earshot ${command}`),
    )
    expect(help.stdout.split('\n').filter((line) => line.length > 110)).toEqual([])
    expect(await cli(['help', command], {})).toEqual(help)
    expect((await cli(['--help'], {})).stdout).toMatch(new RegExp(`\\n  ${command} `))
  })

  it.each([
    ['changes', '--colour'],
    ['changes', 'out.ndjson'],
    ['keys', '--colour'],
    ['keys', 'delete', 'k'],
    ['keys', 'create'],
    ['keys', 'create', 'master', '--name', 'x'],
    ['keys', 'create', 'secret', '--name', 'x'],
    ['keys', 'create', 'secret', '--scope', 'read'],
    ['keys', 'create', 'secret', '--name', 'x', '--scope', 'all'],
    ['keys', 'create', 'identity', '--name', 'x', '--scope', 'read'],
    ['keys', 'create', 'identity', '--name', 'x', '--environment', 'staging'],
    ['keys', 'revoke'],
    ['erase'],
    ['erase', 'u_42'],
    ['erase', '--id', ''],
    ['erase', '--id', 'u', '--email', 'a@example.com'],
    ['signin', 'me', 'too'],
    ['keys', 'rotate'],
    ['keys', 'rotate', 'k', '--grace', 'soon'],
    ['keys', 'create', 'identity', '--name', 'x', '--expires', 'tomorrow'],
    ['keys', 'change'],
    ['keys', 'change', 'h2'],
    ['keys', 'change', 'h2', '--name', ' '],
    ['keys', 'change', 'h2', '--expires', 'soon'],
    ['keys', 'change', 'h2', '--scope', 'read'],
    ['keys', 'rotate', 'h2', '--expires', '2032-01-31'],
    ['keys', '--name', 'x'],
    ['members', 'role', 'ada'],
    ['members', 'role', 'ada', 'owner'],
    ['members', 'remove'],
    ['members', 'promote', 'ada'],
    ['invite'],
    ['invite', 'owner'],
    ['invite', 'viewer', '--days', '31'],
    ['invite', 'revoke'],
    ['invite', 'list', 'x'],
    ['signin', '--colour'],
    ['help', 'nothing'],
  ])('refuses %s %s in a sentence', async (...words) => {
    await collecting(access)
    const outcome = await cli(words, env)
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr).toMatch(/^earshot: .+\n$/)
    expect(collector.seen).toEqual([])
  })

  it.each([
    ['keys'],
    ['keys', 'revoke', 'h2'],
    ['members'],
    ['invite', 'viewer'],
    ['signin'],
    ['signin', 'ada'],
    ['erase', '--id', 'ada', '--dry-run'],
    ['erase', '--id', 'ada', '--yes'],
    ['backup', '-o', 'x.backup'],
  ])('with JSON of something else %s %s ends in a sentence', async (...words) => {
    for (const answer of ['{}', '[]', 'null', '{"ok":true,"data":{"items":[]}}']) {
      await collecting((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer))
      const outcome = await cli(words, env)
      expect(outcome).toMatchObject({ code: 3, stdout: '' })
      expect(outcome.stderr).toMatch(/^earshot: http:\S+ answered with something else .* no collector/)
      await collector.stop()
    }
  })

  it('leaves no empty file where a backup was refused', async () => {
    await collecting(routes({ 'GET /v1/access': access, 'GET /v1/backup': problem(403, 'no-scope') }))
    expect((await cli(['backup', '-o', files.path('all.backup')], env)).stderr).toMatch(/may not do this/)
    expect(await readdir(files.path('.'))).toEqual([])
  })

  it('shows a bar on a terminal, which goes when it is done, and none in a pipe', async () => {
    const body = `${Array.from({ length: 20_000 }, (_, n) => `{"id":"${n}"}\n`).join('')}{"end":true,"count":20000}\n`
    await collecting(exporting(20_000, body))
    const words = ['export', '-o', files.path('out.ndjson')]
    const shown = await onTerminal(words, env)
    expect(shown.stderr).toMatch(/\d+ % {2}[\d]+ of 20000 items/)
    expect(shown.stderr).toMatch(/20,000 items in .*complete/)
    const piped = await cli(words, env)
    expect(piped.stderr).toMatch(/^20,000 items in [^\n]*\n$/)
    // Where the rows themselves are on the screen, a bar would stand among them.
    expect((await onTerminal(['export', '--format', 'ndjson'], env)).stderr).not.toContain('%')
  })
})
