import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scores, Volume } from '../../sdk/wire/index.ts'
import { launchBrowser } from '../support/chromium.ts'
import { startSystem, type System } from '../support/system.ts'
import { violationsOf } from './axe.ts'
import { fill, openConsole } from './desk.ts'

let browser: Browser
let system: System

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

beforeAll(async () => {
  browser = await launchBrowser()
  system = await startSystem('Numbers')
  // Forty people this week and forty the week before, most of them content now; one of them answers twice.
  const answers = [0, 7].flatMap((days) =>
    Array.from({ length: 40 }, (_, at) => ({
      message: `Score ${at}`,
      kind: at % 2 === 0 ? 'praise' : 'bug',
      createdAt: ago(days + 0.001 * at),
      person: { id: `p${at}`, verified: false },
      rating: { scale: 'nps' as const, value: days === 0 ? (at < 30 ? 10 : 5) : at < 10 ? 9 : 3 },
    })),
  )
  const twice = {
    message: 'Again',
    createdAt: ago(0.1),
    person: { id: 'p1', verified: false },
    rating: { scale: 'nps' as const, value: 0 },
  }
  await fill(system, [...answers, twice, { message: 'A buy', spam: true, rating: { scale: 'nps' as const, value: 0 } }])
})
afterAll(() => browser.close())

const read = async <T>(path: string): Promise<T> => (await (await system.call(path)).json()) as T
const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

describe('the numbers', () => {
  it('stand with their intervals, hold a table behind each chart, and open the items behind them', async () => {
    const page = await openConsole(browser, system, '/console/numbers?by=day')
    const scores = await read<Scores>('/v1/insight/scores?scale=nps&by=day')
    const tile = part(page, 'Scores').getByRole('button', { name: /NPS/ })
    await tile.waitFor()
    const said = await tile.innerText()
    const whole = (value: number) => Math.round(value).toString().replace('-', '−')
    expect(said).toContain(whole(scores.total.value ?? Number.NaN))
    expect(said).toContain(`${whole(scores.total.interval?.low ?? 0)} to ${whole(scores.total.interval?.high ?? 0)}`)
    expect(said).toContain(`${scores.total.n} people`)
    await part(page, 'Scores').locator('canvas').waitFor()

    await part(page, 'Scores').getByText('Table', { exact: true }).click()
    const rows = part(page, 'Scores').locator('tbody tr')
    expect(await rows.count()).toBe(scores.periods.length)
    const latest = scores.periods.findLast(({ answers }) => answers > 0)
    const row = rows.filter({ has: page.getByRole('link', { name: String(latest?.answers), exact: true }) }).first()
    expect(await row.innerText()).toContain(whole(latest?.value ?? Number.NaN))
    await row.getByRole('link').click()
    await page.waitForURL(/\/console\/inbox\?/)
    expect(new URL(page.url()).searchParams.get('from')).toBe(latest?.period.from)
    await page
      .locator('.toolbar-count .in-words')
      .filter({ hasText: String(latest?.answers) })
      .waitFor()
    await page.goBack()
    await tile.waitFor()
    await page.context().close()
  })

  it('count the same by each value as the list does, split by what somebody chooses, and keep it in the address', async () => {
    const page = await openConsole(browser, system, '/console/numbers')
    const volume = part(page, 'Volume')
    await volume.getByRole('combobox', { name: 'Split by' }).selectOption('kind')
    await page.waitForURL(/split=kind/)
    const counted = await read<Volume>('/v1/insight/volume?dimension=kind')
    expect(counted.total.total).toBe(81)
    for (const { value, total } of counted.series) {
      const row = volume
        .locator('tbody tr')
        .filter({ hasText: new RegExp(`^${value}`, 'i') })
        .first()
      await row.getByRole('link', { name: String(total), exact: true }).waitFor()
    }
    await page.getByRole('button', { name: 'Month' }).click()
    await page.waitForURL(/by=month/)
    await volume.locator('canvas').waitFor()
    await page.reload()
    expect(await page.getByRole('button', { name: 'Month' }).getAttribute('aria-pressed')).toBe('true')
    // Words of a search come along, and are told and taken off here.
    await page.goto(`${system.origin}/console/numbers?q=again`)
    await part(page, 'Volume').getByRole('link', { name: '1', exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Remove the words again' }).click()
    await part(page, 'Volume').getByRole('link', { name: '81', exact: true }).first().waitFor()
    await page.context().close()
  })

  it.each([
    [1440, 'light'],
    [360, 'dark'],
  ] as const)('are clean for axe and under the policy at %d pixels in %s colours', async (width, colorScheme) => {
    const look = { colorScheme, viewport: { width, height: 900 } } as const
    const strict = await openConsole(browser, system, '/console/numbers', look)
    const broken: string[] = []
    strict.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    await strict.reload()
    await part(strict, 'Volume').locator('canvas').waitFor()
    expect(broken).toEqual([])
    expect(await strict.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await strict.context().close()
    const page = await openConsole(browser, system, '/console/numbers', { ...look, bypassCSP: true })
    await part(page, 'Volume').locator('canvas').waitFor()
    await part(page, 'Scores').getByText('Table', { exact: true }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })
})
