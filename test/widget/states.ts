import { locales } from '../../widget/locales/index.ts'
import * as catalogue from '../../widget/strings.ts'
import type { Strings } from '../../widget/strings.ts'
import { refuse, store } from '../support/site.ts'
import type { Harness } from './harness.ts'

/** A language's words, English ones among them. */
export async function wordsOf(lang: string): Promise<Strings> {
  return (await locales[lang]?.())?.default ?? (Object.assign({}, ...Object.values(catalogue)) as Strings)
}

/** What a project can ask for, all at once. */
export const everything = {
  rating: { scale: 'nps' as const },
  mayContact: { text: 'You may contact me', version: '1' },
  privacyUrl: 'https://a.example/',
}

/** Waits for what is loaded beside the form. */
export async function whole({ page }: Harness): Promise<void> {
  await page.locator('.rating').waitFor()
  await page.locator('.attach button').first().waitFor()
  await page.locator('summary').waitFor()
}

/** Takes the widget through every state that it can be in, one after the other, and stops at each. */
export async function throughStates(t: Harness, lang: string, stop: (state: string) => Promise<void>): Promise<void> {
  const words = await wordsOf(lang)
  const see = (text: string) => t.page.getByText(text, { exact: true }).waitFor()
  const attributes = `data-tag-plan="pro" data-lang="${lang}" data-mailto="help@a.example"`
  t.site.config(everything)
  await t.visit('', attributes)
  await t.page.locator('.launcher').hover()
  await t.page.locator('.dismiss').waitFor()
  await stop('launcher')
  await t.open()
  await whole(t)
  await stop('empty')
  await t.page.locator('summary').click()
  await t.page.locator('.part small').first().waitFor()
  await stop('what goes along')
  await t.submit()
  await see(words.needMessage)
  await stop('missing')
  await t.write('x'.repeat(49_900))
  await t.page.locator('.left:not(:empty)').waitFor()
  await stop('nearly full')
  const asked = new Promise<() => void>((resolve) => t.site.behave((...request) => resolve(() => store(...request))))
  await t.submit()
  await see(words.sending)
  await stop('sending')
  ;(await asked)()
  await see('K7M4XQ2P')
  await stop('sent')

  await t.page.getByRole('button', { name: words.another }).click()
  await t.write('A long and thoughtful text')
  t.site.behave(refuse(422, 'invalid'))
  await t.submit()
  await see('It is invalid.')
  await stop('refused')
  await t.page.route('**/v1/feedback*', (route) => route.abort())
  await t.submit()
  await see(words.blocked)
  await stop('blocked')
  await t.page.unroute('**/v1/feedback*')
  t.site.behave(refuse(500, 'fault'))
  await t.page.getByRole('button', { name: words.another }).click()
  await t.write('Another')
  await t.submit()
  await see(words.queued)
  await stop('queued')

  for (const scale of ['csat', 'ces', 'stars', 'thumbs']) {
    await t.visit('', `${attributes} data-rating="${scale}"`)
    await t.open()
    await t.page.locator(`.rating.${scale} .tile`).last().click()
    await stop(scale)
  }

  t.site.fail(/chunks\/form/, 500)
  await t.visit('', attributes)
  // The draft of before stands on the card, to be copied.
  await t.page.evaluate(() => window.earshot?.open({ message: 'Half a thought' }))
  await t.page.locator('.fault', { hasText: words.fault }).waitFor()
  await stop('fault')
}
