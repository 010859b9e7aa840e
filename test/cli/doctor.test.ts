import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mendOf, parsePolicies, refusalOf } from '../../sdk/cli/doctor/policy.ts'
import { version } from '../../sdk/wire/version.ts'
import { startSystem, type System } from '../support/system.ts'
import { fakeCollector, json } from './fake-collector.ts'
import { cli } from './run-cli.ts'

let system: System
let shop: Server
let page = ''
let html = ''
let headers: Record<string, string> = {}

beforeAll(async () => {
  system = await startSystem('Doctor')
  shop = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(html))
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  page = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`
})
afterAll(() => shop.close())

interface Found {
  check: string
  state: string
  said: string
  mend?: string
}
const doctor = async (...words: string[]) => {
  const { code, stdout } = await cli(['doctor', ...words, '--json'], {})
  const { findings } = JSON.parse(stdout) as { findings: Found[] }
  return { code, states: Object.fromEntries(findings.map(({ check, state }) => [check, state])), findings }
}
const embed = (attributes = '') => {
  html = `<!doctype html><!-- <script src="/earshot.js"></script> --><script async src="${system.origin}/earshot.js" data-key="${system.publishableKey}" ${attributes}></script>`
  headers = {}
}

describe('earshot doctor', () => {
  it('finds nothing to mend in a collector and a page that are set up right, and stores nothing', async () => {
    embed()
    const { code, states } = await doctor(page)
    expect([code, states]).toEqual([
      0,
      expect.objectContaining({
        collector: 'good',
        version: 'good',
        https: 'good',
        clock: 'good',
        key: 'good',
        origin: 'good',
        script: 'good',
        'script file': 'good',
        policy: 'good',
      }),
    ])
    // This deployment has a set-up token, which from outside looks as if there were none.
    expect(states).not.toHaveProperty('set-up')
    expect((await system.list('?spam=with')).items).toEqual([])
    const { stdout } = await cli(['doctor', page], {})
    expect(stdout).toMatch(/^ok +script +The page embeds http/)
  })

  it('names the lines that a policy lacks, whichever way it says it', async () => {
    embed()
    headers = { 'content-security-policy': "default-src 'self'" }
    const closed = await doctor(page)
    expect([closed.code, closed.states['policy']]).toEqual([1, 'fault'])
    const mend = closed.findings.find(({ check }) => check === 'policy')?.mend
    expect(mend).toContain(`script-src 'self' ${system.origin}`)
    expect(mend).toContain(`connect-src 'self' ${system.origin}`)

    embed('nonce="abc"')
    html += `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-abc' 'strict-dynamic'; connect-src ${system.origin}">`
    expect((await doctor(page)).states['policy']).toBe('good')
  })

  it('tells a script that browsers refuse, because it is not what the tag pins', async () => {
    const file = new Uint8Array(await (await fetch(`${system.origin}/earshot.js`)).arrayBuffer())
    const hash = `sha384-${createHash('sha384').update(file).digest('base64')}`
    const fileOf = async (attributes: string, name = 'earshot.js') => {
      embed(attributes)
      html = html.replace('earshot.js" data', `${name}" data`)
      return (await doctor(page)).findings.find(({ check }) => check === 'script file')
    }
    const named = `earshot.${version}.js`
    expect(await fileOf(`integrity="sha384-AAAA" crossorigin`)).toMatchObject({ state: 'fault' })
    expect(await fileOf(`integrity="${hash}"`, named)).toMatchObject({
      state: 'fault',
      mend: expect.stringContaining('crossorigin'),
    })
    expect(await fileOf(`integrity="sha384-AAAA" crossorigin`, named)).toMatchObject({
      state: 'fault',
      mend: `It is integrity="${hash}".`,
    })
    expect(await fileOf(`integrity="sha256-AAAA ${hash}" crossorigin`, named)).toMatchObject({ state: 'good' })
    expect(await fileOf(`integrity="${hash}" crossorigin`)).toMatchObject({ state: 'warning' })
  })

  it('tells an unknown key, an origin that is not admitted, and an older release', async () => {
    embed()
    html = html.replace(system.publishableKey, `pub_${'x'.repeat(24)}`)
    expect((await doctor(page)).states).toMatchObject({ key: 'fault' })

    const allowed = await system.call(`/v1/projects/${system.project}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ origins: ['https://app.example.com'] }),
    })
    expect(allowed.status).toBe(200)
    const asked = ['--endpoint', system.origin, '--key', system.publishableKey, '--origin']
    expect((await doctor(...asked, 'https://app.example.com')).states).toMatchObject({ origin: 'good' })
    const refused = await doctor(...asked, 'https://evil.example')
    expect([refused.code, refused.states['origin']]).toEqual([1, 'fault'])
    expect(refused.findings.find(({ check }) => check === 'origin')?.mend).toMatch(/Allow/)

    const old = await fakeCollector(json({ ok: true, version: '0.0.9' }))
    try {
      const { findings } = await doctor('--endpoint', old.endpoint)
      const skew = findings.find(({ check }) => check === 'version')
      expect(skew?.said).toContain(`0.0.9, this tool ${version}`)
    } finally {
      await old.stop()
    }
  })

  it.each([
    ['too-many', { key: 'good', rate: 'warning' }],
    ['over-quota', { key: 'good', rate: 'warning' }],
    ['unavailable', { key: 'warning' }],
  ])('takes %s for what it is, and blames no proxy', async (code, found) => {
    const full = await fakeCollector(json({ ok: true, version, code, detail: 'Not now.' }))
    try {
      const { states } = await doctor('--endpoint', full.endpoint, '--key', `pub_${'x'.repeat(24)}`)
      expect(states).toMatchObject(found)
    } finally {
      await full.stop()
    }
  })

  it('says where nobody answers, where something else does, and where a page has no widget', async () => {
    html = '<!doctype html><title>A shop</title>'
    headers = {}
    const bare = await doctor(page, '--endpoint', page)
    expect([bare.code, bare.states]).toMatchObject([1, { script: 'unknown', collector: 'fault', key: 'unknown' }])
    expect(bare.findings.find(({ check }) => check === 'collector')?.said).toMatch(/Something else/)
    const away = await doctor('--endpoint', 'http://127.0.0.1:9')
    expect([away.code, away.states['collector']]).toEqual([1, 'fault'])
    expect((await cli(['doctor', 'shop.example'], {})).code).toBe(2)
    expect((await cli(['doctor', '--key', system.secretKey], {})).stderr).toMatch(/publishable/)
  })
})

describe('a policy', () => {
  const at = new URL('https://app.example.com/')
  const refused = (text: string, url: string, directive: 'script-src' | 'connect-src' = 'connect-src') =>
    parsePolicies(text)
      .map((policy) => refusalOf(policy, { directive, url: new URL(url), page: at }))
      .find((name) => name !== null) ?? null

  it.each([
    ["connect-src 'self'", 'https://app.example.com/v1/', null],
    ["connect-src 'self'", 'https://feedback.example.com/', 'connect-src'],
    ["default-src 'none'", 'https://feedback.example.com/', 'default-src'],
    ['connect-src *.example.com', 'https://feedback.example.com/', null],
    ['connect-src *.example.com', 'https://example.com/', 'connect-src'],
    ['connect-src https:', 'https://feedback.example.com/', null],
    ['connect-src http://feedback.example.com', 'https://feedback.example.com/', null],
    ['connect-src feedback.example.com', 'http://feedback.example.com/', 'connect-src'],
    ['connect-src feedback.example.com:*', 'https://feedback.example.com:8443/', null],
    ['connect-src feedback.example.com', 'https://feedback.example.com:8443/', 'connect-src'],
    ['connect-src https://example.com/earshot/', 'https://example.com/earshot/v1/feedback', null],
    ['connect-src https://example.com/other/', 'https://example.com/earshot/v1/feedback', 'connect-src'],
    ["connect-src *, connect-src 'none'", 'https://feedback.example.com/', 'connect-src'],
    ["connect-src *; connect-src 'none'", 'https://feedback.example.com/', null],
    ["img-src 'none'", 'https://feedback.example.com/', null],
    ['CONNECT-SRC HTTPS://FEEDBACK.EXAMPLE.COM', 'https://feedback.example.com/', null],
  ])('%s, asked for %s, refuses by %s', (text, url, directive) => {
    expect(refused(text, url)).toBe(directive)
  })

  it.each([
    ["default-src 'self'", 'connect-src', "connect-src 'self' https://feedback.example.com"],
    ["default-src 'self' 'unsafe-inline'", 'connect-src', "connect-src 'self' https://feedback.example.com"],
    ["default-src 'none'", 'connect-src', 'connect-src https://feedback.example.com'],
    ["default-src *; connect-src 'none'", 'connect-src', 'connect-src https://feedback.example.com'],
    ['connect-src https://api.example.com', 'connect-src', 'https://api.example.com https://feedback.example.com'],
    ["script-src 'self'; script-src-elem a.com", 'script-src', 'script-src-elem a.com https://feedback.example.com'],
    ["default-src 'self' 'unsafe-inline'", 'script-src', "script-src 'self' 'unsafe-inline' https://feedback"],
    ["script-src 'nonce-abc'", 'script-src', 'a nonce on the script tag, the one of script-src'],
  ] as const)('%s needs, for %s, what keeps the rest of the page going: %s', (text, directive, mend) => {
    const url = new URL('https://feedback.example.com/')
    expect(parsePolicies(text).map((policy) => mendOf(policy, { directive, url, page: at }))).toEqual([
      expect.stringContaining(mend),
    ])
  })
})
