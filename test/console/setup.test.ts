import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveFolder } from '../../examples/server.mjs'
import { formStrings, outcomeStrings, ratingStrings } from '../../widget/strings.ts'
import { withLabel } from '../../worker/console/setup/project/label-query.ts'
import { policyOf, snippetsOf } from '../../worker/console/setup/start/snippets.ts'
import { kindNames, keyFrom } from '../../worker/console/setup/widget/catalogue.ts'
import { checkDraft, type WidgetDraft } from '../../worker/console/setup/widget/check.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem } from '../support/system.ts'

const draft: WidgetDraft = {
  kinds: [{ key: 'bug' }],
  rating: null,
  email: 'optional',
  mayContact: null,
  privacyUrl: null,
  next: null,
  theme: { scheme: 'auto', accent: null, radius: null },
}
const faultsOf = (patch: Partial<WidgetDraft>) =>
  checkDraft({ ...draft, ...patch }, (text) => text === 'teal').map(({ path }) => path)

describe('the widget’s settings', () => {
  it('stand empty for the words that the widget says itself', () => {
    for (const [key, { label, prompt }] of kindNames) {
      expect([key, label, prompt]).toEqual([key, formStrings[key as 'bug'], formStrings[`${key as 'bug'}Prompt`]])
    }
    expect([...kindNames.keys()]).toEqual(['bug', 'idea', 'praise', 'question', 'other'])
    // These stand in the form as placeholders.
    expect([ratingStrings.rating, outcomeStrings.sentText]).toEqual([
      'How would you rate this?',
      'Thank you. It arrived and is stored.',
    ])
  })

  it('are looked at before they are sent', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ kinds: [{ key: 'bug' }, { key: 'A b' }, { key: 'bug', url: 'mailto:a@b.c' }] })).toEqual([
      'widget.kinds.1.key',
      'widget.kinds.2.key',
      'widget.kinds.2.url',
    ])
    expect(faultsOf({ mayContact: { text: ' ', version: '' }, privacyUrl: 'example.com' })).toEqual([
      'widget.mayContact.text',
      'widget.mayContact.version',
      'widget.privacyUrl',
    ])
    expect(faultsOf({ theme: { scheme: 'dark', accent: 'teall', radius: 40 } })).toEqual([
      'widget.theme.accent',
      'widget.theme.radius',
    ])
    expect(faultsOf({ theme: { scheme: 'dark', accent: 'teal', radius: 0 } })).toEqual([])
  })

  it.each([
    ['Billing & tax', 'billing-tax'],
    ['  Übersetzung!  ', 'ubersetzung'],
    ['请求', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('make of the name %j the key %j', (name, key) => expect(keyFrom(name)).toBe(key))
})

describe('a label that is renamed', () => {
  it.each([
    ['status=new&label=ux', 'status=new&label=usability'],
    ['label=ux&label=usability&not.label=ux', 'label=usability&not.label=usability'],
    ['q=ux&tag.label=ux', null],
  ])('makes of the view %j %j', (query, expected) => {
    expect(withLabel(query, 'ux', 'usability')).toBe(expected)
  })
})

const root = resolve(import.meta.dirname, '../..')

/** What the guide shows, as files, and what an app of each kind has besides. */
async function writeApps(folder: string, target: { endpoint: string; key: string }): Promise<void> {
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  const last = (way: 'npm' | 'react' | 'vue' | 'svelte') => snippetsOf(way, target, false).at(-1)?.code ?? ''
  const settings = snippetsOf('react', target, false).find(({ where }) => where.startsWith('earshot-settings.js'))
  await Promise.all([
    write('earshot-settings.js', settings?.code ?? ''),
    write('npm.js', last('npm')),
    write('App.jsx', last('react')),
    write('App.vue', last('vue')),
    write('App.svelte', last('svelte')),
    write(
      'main.jsx',
      `import React from 'react'
      globalThis.React = React
      const target = document.body.appendChild(document.createElement('div'))
      const start = {
        '#npm': () => import('./npm.js'),
        '#react': async () => (await import('react-dom/client')).createRoot(target).render(React.createElement((await import('./App.jsx')).App)),
        '#vue': async () => (await import('vue')).createApp((await import('./App.vue')).default).mount(target),
        '#svelte': async () => (await import('svelte')).mount((await import('./App.svelte')).default, { target }),
      }
      start[location.hash]()`,
    ),
    write(
      'index.html',
      '<!doctype html><html lang="en"><title>App</title><body><script type="module" src="./main.jsx"></script>',
    ),
  ])
}

describe('the snippets for bundlers', () => {
  it('are whole: each shows the widget in an app of its kind, under the policy that the guide gives', async () => {
    const [system, browser] = await Promise.all([startSystem('Snippets'), launchBrowser()])
    const target = { endpoint: system.origin, key: system.publishableKey }
    const folder = await mkdtemp(join(root, 'dist/snippets-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeApps(folder, target)
    // An app of its own that has the package installed.
    await writeFile(join(folder, 'package.json'), '{"name": "app", "type": "module"}')
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/earshot'))
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [vue(), svelte({ configFile: false })],
      build: { outDir: join(folder, 'built'), target: 'es2022' },
    })
    const policy = policyOf('react', target, false).map(({ directive }) => directive)
    const headers = { 'content-security-policy': `default-src 'none'; ${policy.join('; ')}` }
    const app = await serveFolder({ ...target, port: 0, folder: join(folder, 'built'), headers })
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    for (const way of ['npm', 'react', 'vue', 'svelte']) {
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`${app.origin}/#${way}`)
      const opened = await page
        .locator('earshot-widget .launcher')
        .click()
        .then(() => page.locator('earshot-widget textarea').waitFor())
        .then(
          () => 'opened',
          () => 'not opened',
        )
      expect([way, opened, complaints]).toEqual([way, 'opened', []])
      await page.close()
    }
    await Promise.all([browser.close(), app.close()])
  }, 60_000)
})
