/**
 * Builds Kilnyard, the demo product: plain pages, one stylesheet, one module.
 *
 * `buildDemo(outDir, { key, version })` writes `index.html`, `firings/`, `pieces/`, `settings/` and `kilnyard/`.
 */
import { build } from 'esbuild'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

const pages = [
  { name: 'today', title: 'Today', to: 'index.html' },
  { name: 'firings', title: 'Firings', to: 'firings/index.html' },
  { name: 'pieces', title: 'Pieces', to: 'pieces/index.html' },
  { name: 'settings', title: 'Settings', to: 'settings/index.html' },
]

/**
 * @param {string} outDir where the site is put together
 * @param {{ key: string, version: string }} settings `key` is the project's publishable key, `version` the release the
 *   page reports with each piece of feedback
 */
export async function buildDemo(outDir, { key, version }) {
  const [layout, sprite, booking, firings, pieces] = await Promise.all([
    page('layout.html'),
    page('sprite.html'),
    page('booking.html'),
    page('firings.json'),
    page('pieces.json'),
  ])
  const parts = {
    sprite,
    booking,
    firings: JSON.parse(firings).map(firingRow).join('\n'),
    pieces: JSON.parse(pieces).map(pieceCard).join('\n'),
    key: escape(key),
    version: escape(version),
  }
  await Promise.all(
    pages.map(async ({ name, title, to }) => {
      const main = fill(await page(`${name}.html`), parts)
      const html = fill(layout, { ...parts, title, main }).replace(
        `data-page="${name}"`,
        `data-page="${name}" aria-current="page"`,
      )
      const file = join(outDir, to)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, html)
    }),
  )
  await mkdir(join(outDir, 'kilnyard'), { recursive: true })
  await copyFile(join(here, 'mark.svg'), join(outDir, 'kilnyard/mark.svg'))
  const common = { bundle: true, minify: true, target: 'es2022', logLevel: 'warning', absWorkingDir: here }
  await Promise.all([
    build({ ...common, entryPoints: ['app/main.ts'], format: 'esm', outfile: join(outDir, 'kilnyard/kilnyard.js') }),
    build({ ...common, entryPoints: ['app/theme.ts'], format: 'iife', outfile: join(outDir, 'kilnyard/theme.js') }),
    build({
      ...common,
      target: ['chrome123', 'firefox120', 'safari17.5'],
      entryPoints: ['styles/kilnyard.css'],
      outfile: join(outDir, 'kilnyard/kilnyard.css'),
    }),
  ])
}

function page(name) {
  return readFile(join(here, 'pages', name), 'utf8')
}

/** Puts each part where `{{name}}` stands; a name without a part is a mistake in a page. */
function fill(text, parts) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (!(name in parts)) throw new Error(`The demo's pages name {{${name}}}, which does not exist.`)
    return parts[name]
  })
}

function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const states = { running: 'Running', cooling: 'Cooling', planned: 'Planned', done: 'Done' }

function firingRow({ name, note, kiln, day, at, by, load, kwh, status, pill = status }) {
  return `<tr data-row="${status}">
  <td class="lead"><b>${name}</b><span>${note}</span></td>
  <td>${kiln}</td>
  <td class="when"><time data-day="${day}">${day}</time> <span>${at}</span></td>
  <td>${by}</td>
  <td class="load"><meter min="0" max="100" value="${load}">${load} %</meter><span>${load} %</span></td>
  <td class="number">${kwh === null ? '<span class="none">later</span>' : `${kwh} kWh`}</td>
  <td><span class="pill ${pill}">${states[pill]}</span></td>
</tr>`
}

const stages = { drying: 'Drying', bisqued: 'Bisqued', glazed: 'Glazed', ready: 'Ready' }

function pieceCard({ name, maker, shape, glaze, shelf, stage, facts }) {
  const finish = glaze === 'Wet' ? 'Wet clay' : glaze === 'Bisque' ? 'No glaze yet' : `${glaze} glaze`
  return `<li class="card piece" data-row="${stage}">
  <span class="pot big ${glaze.toLowerCase()}"><svg aria-hidden="true"><use href="#v-${shape}" /></svg></span>
  <div class="piece-text">
    <h2>${name}</h2>
    <p>${maker}</p>
    <p class="piece-facts">${finish}. ${facts}</p>
  </div>
  <p class="piece-end"><span class="pill ${stage}">${stages[stage]}</span><span>Shelf ${shelf}</span></p>
</li>`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [outDir = join(here, '../../dist/site'), key = 'pub_demo', version = '0.1.0'] = process.argv.slice(2)
  await buildDemo(outDir, { key, version })
}
