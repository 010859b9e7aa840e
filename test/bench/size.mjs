import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from '../../worker/dev/build.mjs'
import { root } from '../../worker/dev/install.mjs'
import { table } from './load.mjs'
import { bundlePeer, installPeers, versions } from './peers.mjs'

/** What a page loads of ours and of each peer, bundled and minified in the same run. */
export async function bench() {
  await build()
  installPeers()
  const site = path.join(root, 'dist/site')
  const chunks = await readdir(path.join(site, 'chunks'))
  const read = (name) =>
    readFile(
      path.join(
        site,
        'chunks',
        chunks.find((file) => file.startsWith(`${name}.`)),
      ),
    )
  const launcher = await readFile(path.join(site, 'earshot.js'))
  const [client, form, due, surveys, extras] = await Promise.all(
    ['client', 'form', 'due', 'surveys', 'extras'].map(read),
  )
  const core = ['@sentry/core', '@sentry/browser-utils', '@sentry-internal/browser-utils']
  const sentry = (names) => bundlePeer(`export { ${names} } from '@sentry-internal/feedback'`, core)
  const rows = [
    ['Earshot: launcher', [launcher]],
    ['Earshot: launcher, client with outbox, form', [launcher, client, form]],
    ['Earshot: all that a survey loads', [launcher, extras, due, client, surveys]],
    [
      `Sentry feedback ${versions['@sentry-internal/feedback']}: button, without the core`,
      [await sentry('buildFeedbackIntegration')],
    ],
    [
      'Sentry feedback: button and form, without the core',
      [await sentry('buildFeedbackIntegration, feedbackModalIntegration')],
    ],
    [
      'Sentry feedback: button and form, with the browser SDK',
      [
        await bundlePeer(
          "import { init, feedbackSyncIntegration } from '@sentry/browser'; init({ integrations: [feedbackSyncIntegration({})] })",
        ),
      ],
    ],
    [`PostHog surveys ${versions['posthog-js']}`, [await bundlePeer("import 'posthog-js/dist/surveys'")]],
    [
      `Formbricks surveys ${versions['@formbricks/surveys']}`,
      [await bundlePeer("export * from '@formbricks/surveys'")],
    ],
  ]
  const sum = (parts, pack) => parts.reduce((bytes, part) => bytes + pack(part).length, 0)
  table(
    ['', 'bytes', 'gzip', 'brotli'],
    rows.map(([name, parts]) => [
      name,
      sum(parts, (part) => Buffer.from(part)),
      sum(parts, (part) => gzipSync(part, { level: 9 })),
      sum(parts, (part) => brotliCompressSync(part)),
    ]),
  )
}
