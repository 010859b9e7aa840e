import { describe, expect, it } from 'vitest'
import { tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

const page = '<main><h1>Orders</h1><button>Pay</button><dialog>Terms</dialog></main>'

/** What the launcher and the form look like, with all that comes by and by; the same on every page. */
const look = async () => {
  await t.page.locator('.attach').waitFor()
  await t.page.locator('earshot-widget summary').waitFor()
  return t.page.evaluate(() => {
    const root = document.querySelector('earshot-widget')?.shadowRoot as ShadowRoot
    return ['.launcher', 'dialog', 'textarea', '[type=submit]', 'h2'].map((selector) => {
      const part = root.querySelector(selector) as HTMLElement
      const { width, height } = part.getBoundingClientRect()
      const { color, backgroundColor, fontSize, fontFamily, opacity, display, visibility } = getComputedStyle(part)
      const style = { color, backgroundColor, fontSize, fontFamily, opacity, display, visibility }
      return { selector, width: Math.round(width), height: Math.round(height), ...style }
    })
  })
}

const sheets = {
  'takes everything away':
    '*,*::before,*::after{all:revert!important;display:none!important;visibility:hidden!important;opacity:0!important}html,body{display:block!important}',
  'lets nothing be clicked': '*{pointer-events:none!important;user-select:none!important;cursor:none!important}',
  'makes everything huge':
    'html{font-size:96px!important}*{font:60px fantasy!important;line-height:3!important;letter-spacing:1em!important}button,textarea{font-size:60px!important;padding:90px!important}dialog{width:10px!important}',
  'hides the widget by its name':
    'earshot-widget,[id],html>:not(body):not(head){display:none!important;position:absolute!important;left:-9999px!important;clip-path:inset(50%)!important;transform:scale(0)!important;content-visibility:hidden!important;z-index:-1!important}',
  'lies over everything':
    'body::after{content:"";position:fixed;inset:0;z-index:2147483647;background:#fff8}body{pointer-events:none;overflow:hidden;height:100vh}',
  'moves, colours and filters':
    'body,body *,earshot-widget{transition:all 9s!important;animation:spin 1s infinite!important;color:lime!important;background:red!important;filter:blur(9px)!important;mix-blend-mode:difference!important;writing-mode:vertical-rl!important;text-transform:uppercase!important;zoom:1!important}@keyframes spin{to{transform:rotate(1turn)}}',
}

describe('a page whose style sheet', () => {
  it.each(Object.entries(sheets))('%s: the widget looks and works as on any other', async (_, sheet) => {
    await t.host(page + tag(t.site))
    await t.page.evaluate(() => window.earshot?.open())
    const wanted = await look()
    await t.host(`<style>${sheet}</style>${page}${tag(t.site)}`)
    await t.open()
    // Away from the button that it may be over, whose colour follows slowly.
    await t.page.mouse.move(0, 0)
    await expect.poll(look).toEqual(wanted)
    await t.say('Under a hostile sheet')
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(t.site.submissions).toMatchObject([{ message: 'Under a hostile sheet' }])
  })

  it('is set on the host element itself, important and inline', async () => {
    await t.host(page + tag(t.site))
    await t.page.evaluate(() => {
      const host = document.querySelector('earshot-widget') as HTMLElement
      for (const [name, value] of [
        ['display', 'none'],
        ['visibility', 'hidden'],
        ['pointer-events', 'none'],
        ['transform', 'scale(0)'],
      ] as const) {
        host.style.setProperty(name, value, 'important')
      }
    })
    await t.journey('On the element itself')
    expect(await t.violations()).toEqual([])
  })
})
