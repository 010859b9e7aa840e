import { afterEach, describe, expect, it } from 'vitest'
import { fakeCollector, inTurn, json, routes } from './fake-collector.ts'
import type { Answer, FakeCollector } from './fake-collector.ts'
import { cli, key, onTerminal } from './run-cli.ts'

let collector: FakeCollector
let env: Record<string, string>

afterEach(() => collector?.stop())

async function collecting(...answers: Answer[]): Promise<void> {
  collector = await fakeCollector(...answers)
  env = { EARSHOT_KEY: key, EARSHOT_ENDPOINT: collector.endpoint }
}

const access = json({ project: { id: 'p1', name: 'Acme' }, scopes: ['read', 'admin'] })
const asked = () => collector.seen.map(({ method, url }) => `${method} ${url.pathname}`)

describe('earshot erase', () => {
  const ada = { id: 'u1', externalId: 'u_42', verified: true, name: 'Ada', email: 'ada@example.com', traits: {} }
  const view = {
    people: [ada],
    items: [{ createdAt: '2026-11-20T10:00:00Z' }],
    next: 'n',
    total: { count: 7, exact: true },
  }
  const rounds = inTurn(json({ items: 4, people: 0, remaining: 3 }), json({ items: 3, people: 1, remaining: 0 }))
  const erasing = (person: string, erase: Answer = rounds) =>
    routes({
      'GET /v1/access': access,
      [`GET /v1/people/${person}`]: json(view),
      [`DELETE /v1/people/${person}`]: erase,
    })
  const erased = () => asked().some((one) => one.startsWith('DELETE'))

  it('says who is meant and how much that is, and erases all of it', async () => {
    const answer = inTurn(json({ items: 4, people: 0, remaining: 3 }), json({ items: 3, people: 1, remaining: 0 }))
    await collecting(erasing('external%3Au_42', answer))
    expect(await cli(['erase', '--id', 'u_42', '--yes'], env)).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'Ada, u_42, ada@example.com (verified)\n7 items, the latest of 2026-11-20\n7 items and 1 person erased; what still waits in a browser is refused when it comes\n',
    })
  })

  it.each([
    [['--email', 'Ada+x@example.com'], 'email%3AAda%2Bx%40example.com'],
    [['--anonymous', 'v9'], 'anonymous%3Av9'],
    [['0F8FAD5B-D9CB-469F-A165-70867728950E'], '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ])('%j with --dry-run only looks', async (words, person) => {
    await collecting(erasing(person))
    const outcome = await cli(['erase', ...words, '--dry-run', '--json'], env)
    expect(outcome.code).toBe(0)
    expect(JSON.parse(outcome.stdout)).toEqual({ people: [ada], items: view.total, dryRun: true, erased: null })
    expect(erased()).toBe(false)
  })

  it('obeys nothing of what a page let somebody call themselves', async () => {
    const name = 'Eve\u001b]52;c;cm0gLXJm\u0007\u001b[2J\r\nNothing is known by that'
    const refused = json(
      { title: 'Gone', status: 409, code: 'conflict', detail: 'Not\u001b[31m now', requestId: 'r' },
      409,
    )
    await collecting(
      routes({
        'GET /v1/access': access,
        'GET /v1/people/external%3Au': json({ ...view, people: [{ ...ada, verified: false, name }] }),
        'DELETE /v1/people/external%3Au': refused,
      }),
    )
    const { stderr } = await cli(['erase', '--id', 'u', '--yes'], env)
    expect(stderr).toMatch(/^Eve .*Nothing is known by that, u_42, ada@example.com \(not verified\)\n7 items/)
    expect(stderr).toContain('earshot: Not [31m now')
    // oxlint-disable-next-line no-control-regex
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  it('asks on a terminal, and takes only yes for a yes', async () => {
    await collecting(erasing('external%3Au'))
    const words = ['erase', '--id', 'u', '--json']
    for (const typed of ['\n', 'y\n', 'no\n', 'ye\u0003', '\u0004', null]) {
      const outcome = await onTerminal(words, env, typed)
      expect(outcome).toMatchObject({ code: 2, stdout: '' })
      expect(outcome.stderr).toMatch(/Ada.*\n7 items[\s\S]*Type yes: [\s\S]*Nothing was erased/)
    }
    expect(erased()).toBe(false)
    const outcome = await onTerminal(words, env, 'yes\n')
    expect(outcome.code).toBe(0)
    expect(JSON.parse(outcome.stdout)).toMatchObject({ dryRun: false, erased: { items: 7, people: 1, remaining: 0 } })
  })

  it('erases nothing in a pipe without --yes', async () => {
    await collecting(erasing('external%3Au'))
    const outcome = await cli(['erase', '--id', 'u'], env)
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringMatching(/nobody here to ask.*--yes/) as string })
    expect(erased()).toBe(false)
  })

  it('forgets also who is not known yet, for what still waits somewhere, but not a UUID that is nobody’s', async () => {
    const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const none = json({ items: 0, people: 0, remaining: 0 })
    await collecting(routes({ 'GET /v1/access': access, 'DELETE /v1/people/email%3Anew%40example.com': none }))
    expect(await cli(['erase', '--email', 'new@example.com', '--yes'], env)).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'Nothing is known by that\n0 items and 0 persons erased; what still waits in a browser is refused when it comes\n',
    })
    expect(await cli(['erase', uuid, '--dry-run'], env)).toMatchObject({ code: 0 })
    expect(await cli(['erase', uuid, '--yes'], env)).toMatchObject({ code: 2 })
  })

  it('ends with 3 for a key without the scope, with 1 when something stays', async () => {
    await collecting(erasing('external%3Au', json({ items: 0, people: 0, remaining: 3 })))
    const stuck = await cli(['erase', '--id', 'u', '-y'], env)
    expect(stuck).toMatchObject({ code: 1, stderr: expect.stringContaining('3 are still there') as string })
    await collector.stop()
    await collecting(json({ project: { id: 'p1', name: 'Acme' }, scopes: ['read', 'export'] }))
    const denied = await cli(['erase', '--id', 'u', '-y'], env)
    expect(denied).toMatchObject({ code: 3, stderr: expect.stringContaining("scope 'admin'") as string })
  })
})
