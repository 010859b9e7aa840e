/** How the widget comes into a product. */
export const ways = {
  script: 'Script tag',
  npm: 'npm',
  react: 'React',
  vue: 'Vue',
  svelte: 'Svelte',
} as const

export type Way = keyof typeof ways

/** Where a snippet speaks to: the collector, and with which publishable key. */
export interface Target {
  /** Origin of the collector, such as `https://feedback.example.com`. */
  endpoint: string
  key: string
}

/** A text to copy, and where it goes. */
export interface Snippet {
  where: string
  code: string
}

const install: Snippet = {
  where: 'In a shell: make the package in your copy of Earshot, and install it in your app',
  code: '(cd ../earshot && npm pack)\nnpm install ../earshot/earshot-*.tgz',
}

const settings = ({ endpoint, key }: Target): Snippet => ({
  where: 'earshot-settings.js: one module, so that every part of the app means the same widget',
  code: `export const settings = {\n  key: '${key}',\n  endpoint: '${endpoint}',\n}`,
})

const element: Record<'react' | 'vue' | 'svelte', Snippet> = {
  react: {
    where: 'App.jsx: anywhere in the app; it renders nothing of its own',
    code: `import { Earshot } from 'earshot/react'
import { settings } from './earshot-settings.js'

export function App() {
  return (
    <>
      <Earshot settings={settings} />
      {/* your app */}
    </>
  )
}`,
  },
  vue: {
    where: 'App.vue: anywhere in the app; it renders nothing of its own',
    code: `<script setup>
import { Earshot } from 'earshot/vue'
import { settings } from './earshot-settings.js'
</script>

<template>
  <Earshot :settings="settings" />
  <!-- your app -->
</template>`,
  },
  svelte: {
    where: 'App.svelte: anywhere in the app; it renders nothing of its own',
    code: `<script>
  import { Earshot } from 'earshot/svelte'
  import { settings } from './earshot-settings.js'
</script>

<Earshot {settings} />
<!-- your app -->`,
  },
}

/**
 * What to copy, in order. With `nonce`, the script tag carries one.
 *
 * @example snippetsOf('script', { endpoint: 'https://f.example', key: 'pub_x' }, false)[0].code
 * // '<script async src="https://f.example/earshot.js" data-key="pub_x"></script>'
 */
export function snippetsOf(way: Way, target: Target, nonce: boolean): Snippet[] {
  switch (way) {
    case 'script': {
      const own = nonce ? ' nonce="YOUR_NONCE"' : ''
      const code = `<script${own} async src="${target.endpoint}/earshot.js" data-key="${target.key}"></script>`
      return [
        {
          where: nonce
            ? 'In every page; your server fills in its nonce'
            : 'In every page, in the head or at the end of the body',
          code,
        },
      ]
    }
    case 'npm':
      return [
        install,
        {
          where: 'Once, where your app starts in the browser',
          code: `import { mount } from 'earshot/widget'\n\nmount({ key: '${target.key}', endpoint: '${target.endpoint}' })`,
        },
      ]
    case 'react':
    case 'vue':
    case 'svelte':
      return [install, settings(target), element[way]]
  }
}

/** A directive of a Content-Security-Policy, and why it is needed. */
export interface PolicyLine {
  directive: string
  why: string
}

/**
 * What a page's policy must allow, and nothing more. In a bundle the widget is part of the app, so its script needs no
 * place of its own.
 */
export function policyOf(way: Way, { endpoint }: Pick<Target, 'endpoint'>, nonce: boolean): PolicyLine[] {
  const script =
    way === 'script'
      ? nonce
        ? {
            directive: "script-src 'nonce-YOUR_NONCE'",
            why: 'The nonce on the tag counts for all that the script loads.',
          }
        : { directive: `script-src ${endpoint}`, why: 'The script, and the parts that it loads when they are needed.' }
      : { directive: "script-src 'self'", why: 'The widget is part of your own files.' }
  return [
    script,
    { directive: `connect-src ${endpoint}`, why: 'Sends what people say, and asks for the widget’s settings.' },
    { directive: 'img-src data:', why: 'Only if people shall add a picture of the page; left out, it is not offered.' },
  ]
}

/** How a receiver of webhooks proves where a message is from. */
export const verifySnippet = `import { verifyWebhook } from 'earshot/server'

export async function POST(request) {
  const body = await request.text()
  const { id, type, data } = await verifyWebhook(body, request.headers, process.env.EARSHOT_WEBHOOK)
  // The same id comes again when an answer was lost: do things once an id.
  return new Response(null, { status: 204 })
}`
