// `npm run bench -- capture`: how long the picture of a page takes and how many of its pixels are wrong, against what
// the browser itself shows, on pages of 350 and of 10,000 elements, at the top and in the middle.
import { launchBrowser } from '../support/chromium.ts'
import { appPage, bundleRasteriser, drawPage, screenshot, wrongShare } from '../widget/pixels.ts'

const repeats = 5

export async function bench() {
  const browser = await launchBrowser()
  const source = await bundleRasteriser()
  const rows = []
  for (const nodes of [350, 10_000]) {
    for (const where of ['top', 'middle']) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      await page.setContent(`<!doctype html><html lang="en"><title>Orders</title>${appPage(nodes)}`)
      if (where === 'middle') await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2))
      const elements = await page.evaluate(() => document.querySelectorAll('*').length)
      const real = await screenshot(page)
      const runs = []
      for (let at = 0; at < repeats; at++) runs.push(await drawPage(page, source))
      const times = runs.map(({ ms }) => ms).sort((a, b) => a - b)
      rows.push({
        elements,
        where,
        'first ms': Math.round(runs[0].ms),
        'median ms': Math.round(times[repeats >> 1]),
        'wrong pixels %': Number((wrongShare(runs[0].pixels, real) * 100).toFixed(2)),
      })
      await page.close()
    }
  }
  await browser.close()
  console.table(rows)
}
