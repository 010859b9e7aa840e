import { describe, expect, it } from 'vitest'
import { useHarness } from './harness.ts'
import { everything } from './states.ts'

const t = useHarness()

/** 24 hues at three strengths and three lightnesses, and what a designer may think of besides. */
const accents = [
  ...Array.from({ length: 24 }, (_, hue) =>
    [0.05, 0.15, 0.3].flatMap((chroma) => [0.3, 0.6, 0.92].map((light) => `oklch(${light} ${chroma} ${hue * 15})`)),
  ).flat(),
  'yellow',
  'white',
  'black',
  'lime',
  'cyan',
  'magenta',
  'red',
  'blue',
  '#39ff14',
  '#ff6ec7',
  '#ccff00',
  'gray',
]

/** The contrast of each piece of text that bears the accent, for every accent that has less than it needs. */
const tooFaint = (accents: string[]) =>
  t.page.evaluate((accents) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
    const pen = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
    /** The relative luminance of colours painted over each other. */
    const luminance = (...colours: string[]) => {
      for (pen.fillStyle of colours) pen.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data]
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const root = document.querySelector('earshot-widget')?.shadowRoot as ShadowRoot
    const style = (selector: string) => getComputedStyle(root.querySelector(selector) as Element)
    const found: string[] = []
    for (const accent of accents) {
      document.documentElement.style.setProperty('--earshot-accent', accent)
      const page = style('dialog').backgroundColor
      const tile = style('.kinds label:has(:checked)')
      const pairs: [name: string, front: string, behind: string, least: number][] = [
        ...['.launcher', '.primary'].map((name): [string, string, string, number] => {
          const { color, backgroundColor } = style(name)
          return [name, color, backgroundColor, 4.5]
        }),
        ['the tile', tile.color, tile.backgroundColor, 4.5],
        ['its edge', tile.borderTopColor, page, 3],
      ]
      for (const [name, front, behind, least] of pairs) {
        const ratio = contrast(luminance(front), luminance(page, behind))
        if (ratio < least) found.push(`${accent}: ${name} ${ratio.toFixed(2)}`)
      }
    }
    return found
  }, accents)

describe.each(['light', 'dark'] as const)('any accent in %s', (colorScheme) => {
  it('leaves white readable on it, and itself readable as text', async () => {
    await t.renew({ colorScheme, viewport: { width: 1280, height: 900 } })
    await t.visit()
    await t.open()
    expect(accents).toHaveLength(228)
    expect(await tooFaint(accents)).toEqual([])
  })
})

describe('where nothing may move', () => {
  it('nothing does: no animation, no transition, whatever is pressed', async () => {
    t.site.config(everything)
    t.site.behave(() => undefined)
    await t.visit()
    await t.page.locator('.launcher').hover()
    await t.open()
    await t.page.locator('.rating').waitFor()
    await t.page.locator('.rating .tile').nth(3).click()
    await t.page.locator('.kinds .tile').nth(1).click()
    await t.write('Still')
    await t.submit()
    await t.page.getByRole('button', { name: 'Sending' }).waitFor()
    const moving = await t.page.evaluate(() => {
      const root = document.querySelector('earshot-widget')?.shadowRoot as ShadowRoot
      const able = [...root.querySelectorAll('*')].filter((node) => {
        const { animationName, transitionDuration } = getComputedStyle(node)
        return animationName !== 'none' || transitionDuration !== '0s'
      })
      return [...document.getAnimations().map(String), ...able.map((node) => node.outerHTML.slice(0, 80))]
    })
    expect(moving).toEqual([])
  })

  it('and where things may, they do', async () => {
    await t.renew({ reducedMotion: 'no-preference' })
    t.site.behave(() => undefined)
    await t.visit()
    await t.open()
    await t.write('Moving')
    await t.submit()
    await t.page.getByRole('button', { name: 'Sending' }).waitFor()
    expect(await t.page.locator('i').evaluate((spinner) => getComputedStyle(spinner).animationName)).toBe('turn')
  })
})
