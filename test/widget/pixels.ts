import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { bundle } from '../../widget/build.mjs'

const root = join(import.meta.dirname, '../..')

/** A picture as its pixels: four bytes each. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
}

interface Rasteriser {
  drawPage: (options: { host: Element; limitMs?: number }) => Promise<HTMLCanvasElement>
}

/** The rasteriser as built, as a script that a page can be given without a tag. */
export async function bundleRasteriser(): Promise<string> {
  const code = await bundle(join(root, 'widget/page-image/index.ts'), { format: 'es' })
  return `(() => {${code.replace(/export\s*\{\s*(\w+) as drawPage\s*\};?/, 'window.drawPage=$1')}})()`
}

/** Draws the page with the rasteriser; the host element is made for it if there is none. */
export async function drawPage(page: Page, source: string, limitMs?: number): Promise<{ pixels: Pixels; ms: number }> {
  await page.evaluate(source)
  const { png, ms } = await page.evaluate(async (limitMs) => {
    const host = document.querySelector('earshot-widget') ?? document.createElement('earshot-widget')
    document.documentElement.append(host)
    const start = performance.now()
    const canvas = await (window as unknown as Rasteriser).drawPage({ host, limitMs })
    return { ms: performance.now() - start, png: canvas.toDataURL().split(',')[1] ?? '' }
  }, limitMs)
  return { pixels: PNG.sync.read(Buffer.from(png, 'base64')), ms }
}

/** What the screen really shows. */
export async function screenshot(page: Page): Promise<Pixels> {
  return PNG.sync.read(await page.screenshot())
}

/** The share of pixels, 0 to 1, of which a channel is off by more than an eighth of its range. */
export function wrongShare(one: Pixels, other: Pixels): number {
  if (one.width !== other.width || one.height !== other.height) return 1
  let wrong = 0
  for (let at = 0; at < one.data.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(one.data[at + channel]! - other.data[at + channel]!) > 32)) wrong++
  }
  return wrong / (one.data.length / 4)
}

/** The colour at a point, as `r,g,b`. */
export function colourAt({ width, data }: Pixels, x: number, y: number): string {
  const at = (Math.round(y) * width + Math.round(x)) * 4
  return data.slice(at, at + 3).join()
}

/** An application's page of about so many elements: bars that stay, cards, a table, forms, a long list. */
export function appPage(nodes: number): string {
  const count = Math.max(4, Math.round((nodes - 110) / 7))
  const cards = Array.from(
    { length: 8 },
    (_, at) =>
      `<article><h3>Plan ${at}</h3><p>For <b>${at * 7}</b> people, <a href="#">billed</a> once a year.</p><button>Choose</button></article>`,
  ).join('')
  const rows = Array.from(
    { length: count },
    (_, at) =>
      `<tr><td>#${1000 + at}</td><td><b>Customer ${at}</b></td><td><span class="pill p${at % 3}">${['paid', 'open', 'late'][at % 3]}</span></td><td>${(at * 37) % 991}.00</td></tr>`,
  ).join('')
  return `<style>
*{box-sizing:border-box}body{margin:0;font:14px/1.5 sans-serif;color:#1f2937;background:#f6f7fb}
header{position:sticky;top:0;z-index:2;display:flex;gap:16px;align-items:center;height:56px;padding:0 24px;background:#fff;border-bottom:1px solid #e3e5ec}
header input{min-width:0;margin-left:auto;padding:6px 10px;border:1px solid #c5c9d6;border-radius:6px;font:inherit}
main{max-width:960px;margin:24px auto;padding:0 24px}h1{font-size:24px;margin:0 0 16px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:16px}article{padding:16px;background:linear-gradient(#fff,#f3f4ff);border:1px solid #e3e5ec;border-radius:10px;box-shadow:0 2px 6px #0001}
article::after{content:"★";color:#c79200}h3{margin:0}button{padding:6px 12px;border:0;border-radius:6px;background:#4f46e5;color:#fff;font:inherit}
table{width:100%;margin:24px 0;border-collapse:collapse;background:#fff}td,th{padding:8px 12px;border-bottom:1px solid #e3e5ec;text-align:left}
.pill{padding:2px 8px;border-radius:9px;background:#dcfce7}.p1{background:#fef9c3}.p2{background:#fee2e2}
.fixed{position:fixed;left:24px;bottom:24px;padding:12px 16px;border-radius:8px;background:#111827;color:#fff}
form{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin:16px 0}</style>
<header><b>Acme</b><nav><a href="#">Orders</a> <a href="#">People</a></nav><input value="Search"></header>
<main><h1>Orders</h1><section class="cards">${cards}</section>
<form><label><input type="checkbox" id="box"> Only open</label><select id="pick"><option>All</option><option>Mine</option></select><textarea id="text" rows="2"></textarea></form>
<table><thead><tr><th>No.</th><th>Customer</th><th>State</th><th>Sum</th></tr></thead><tbody>${rows}</tbody></table></main>
<div class="fixed">Saved</div>`
}
