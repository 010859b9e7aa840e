import { describe, expect, it } from 'vitest'
import type { SurveyDefinition, SurveyTargeting } from '../../sdk/wire/index.ts'
import { key, refuse } from '../support/site.ts'
import { phone, useHarness } from './harness.ts'

const t = useHarness()

/** A score, and for low ones a reason and whether to call back. */
const nps: SurveyDefinition = {
  id: 'nps',
  version: 3,
  language: 'en',
  questions: [
    {
      id: 'score',
      type: 'nps',
      text: { en: 'Would you recommend us?', de: 'Würden Sie uns empfehlen?' },
      next: [{ when: { min: 9 }, go: 'end' }],
    },
    { id: 'why', type: 'long', required: true, text: { en: 'What is missing?', de: 'Was fehlt?' } },
    {
      id: 'parts',
      type: 'multiple',
      text: { en: 'Where?' },
      choices: ['search', 'export'].map((id) => ({ id, text: { en: id } })),
    },
  ],
}
const thumbs: SurveyDefinition = {
  id: 'thumbs',
  version: 1,
  language: 'en',
  questions: [{ id: 'helpful', type: 'thumbs', text: { en: 'Was this helpful?' } }],
  thanks: { en: 'We read every answer' },
}

const panel = () => t.page.locator('.survey .panel')
const button = (name: string) => panel().getByRole('button', { name, exact: true })
const score = (name: string) => panel().getByRole('radio', { name: new RegExp(`^${name}`) })
const record = () => t.page.evaluate((name) => localStorage.getItem(name), `earshot:${key}:surveys`)

async function visit(surveys: SurveyDefinition[], body?: string, attributes = '') {
  t.site.config({ surveys })
  await t.visit(body, `data-surveys ${attributes}`)
}

/** Of this survey only: the page of the test before may tell of its own while it goes. */
const told = () => t.site.displays.filter(({ survey }) => survey === 'thumbs')

const targeted = (targeting: SurveyTargeting): SurveyDefinition => ({ ...thumbs, targeting })

/**
 * From here on time stands still in the page, but for what a test lets pass: a key, or a click, that comes late is no pause
 * after which an answer is sent.
 */
const stopTime = () => t.page.clock.pauseAt(Date.now() + 3_600_000)

/** Long enough for a survey that is due to have come. */
const settle = () => t.page.waitForTimeout(600)

describe('a survey on screen', () => {
  it('stores the first tap at once and amends it with what is said later, along the way that was taken', async () => {
    await t.page.clock.install()
    await visit([nps])
    await panel().waitFor()
    await stopTime()
    await score('4 / 10').click()
    await expect.poll(() => t.site.submissions.length).toBe(1)
    const [first] = t.site.submissions
    expect(first).toMatchObject({
      survey: { id: 'nps', version: 3, answers: [{ question: 'score', value: 4 }] },
      rating: { scale: 'nps', value: 4 },
    })
    await button('Next').click()
    await button('Next').click()
    await panel().getByText('Answer this question first.').waitFor()
    expect(await panel().locator('textarea').getAttribute('aria-invalid')).toBe('true')
    await panel().locator('textarea').fill('A search')
    await button('Next').click()
    await expect.poll(() => t.site.submissions.length).toBe(2)
    await panel().getByText('search').click()
    await panel().getByText('export').click()
    await button('Send').click()
    await panel().getByText('Your answer arrived and is stored.').waitFor()
    const last = t.site.submissions.at(-1)
    expect(t.site.submissions.map(({ revision = 0 }) => revision)).toEqual([0, 1, 2])
    expect(last).toMatchObject({
      id: first?.id,
      edit: 'e',
      survey: {
        answers: [
          { question: 'score', value: 4 },
          { question: 'why', value: 'A search' },
          { question: 'parts', value: ['search', 'export'] },
        ],
      },
    })
    await button('Back').click()
    await button('Back').click()
    await button('Back').click()
    expect(await score('4 / 10').isChecked()).toBe(true)
    await score('9 / 10').click()
    await button('Send').click()
    await panel().getByText('Thank you').waitFor()
    await expect
      .poll(() => t.site.submissions.at(-1))
      .toMatchObject({
        revision: 3,
        rating: { value: 9 },
        survey: { answers: [{ question: 'score', value: 9 }] },
      })
    await button('Done').click()
    await panel().waitFor({ state: 'detached' })
    await t.page.locator('.launcher').waitFor()
  })

  it('goes on by itself after the tap that answers everything, and takes it back', async () => {
    await visit([thumbs])
    await score('Thumbs down').click()
    await panel().getByText('We read every answer').waitFor()
    await button('Back').click()
    await score('Thumbs up').click()
    await panel().getByText('Your answer arrived and is stored.').waitFor()
    expect(t.site.submissions.map(({ revision = 0, rating }) => [revision, rating?.value])).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('is answered by keyboard alone, each choice once, and gives the focus back', async () => {
    await t.page.clock.install()
    await visit([nps], '<button id="before">Before</button>')
    await panel().waitFor()
    await stopTime()
    expect(await t.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
    await t.page.locator('#before').focus()
    await t.page.keyboard.press('Escape')
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Tab')
    expect(await score('0 / 10').evaluate((radio) => radio.matches(':focus'))).toBe(true)
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await t.page.keyboard.press(key)
    await t.page.keyboard.type('Slow')
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Enter')
    await panel().getByText('Where?').waitFor()
    await expect.poll(() => t.site.submissions.length).toBe(2)
    expect(t.site.submissions.map(({ survey }) => survey?.answers.map(({ value }) => value))).toEqual([
      [3],
      [3, 'Slow'],
    ])
    await t.page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
    expect(await t.page.evaluate(() => document.activeElement?.id)).toBe('before')
  })

  it('does not go on by itself where keys pass over the choices', async () => {
    await t.page.clock.install()
    await visit([thumbs])
    await panel().waitFor()
    await stopTime()
    await score('Thumbs down').focus()
    await t.page.keyboard.press('Space')
    await t.page.keyboard.press('ArrowRight')
    await t.page.clock.runFor(1_000)
    await button('Send').waitFor()
    await expect.poll(() => t.site.submissions.map(({ rating }) => rating?.value)).toEqual([1])
    await t.page.keyboard.press('Enter')
    await panel().getByText('We read every answer').waitFor()
    expect(t.site.submissions).toHaveLength(1)
  })

  it('says that an answer is kept, then that it arrived; and why one was refused', async () => {
    t.site.behave(refuse(500, 'fault'))
    await visit([nps])
    await score('10 / 10').click()
    await panel().getByText('Your answer is kept on this device and goes out by itself.').waitFor()
    await button('Send').click()
    t.site.reset()
    await t.page.evaluate(() => window.earshot?.flush())
    await panel().getByText('Your answer arrived and is stored.').waitFor()
    await button('Back').click()
    t.site.behave(refuse(422, 'invalid'))
    await score('2 / 10').click()
    await panel().getByText('Not sent. It is invalid.').waitFor()
    expect(await score('2 / 10').isChecked()).toBe(true)
  })

  it('keeps what was answered when it is closed midway, and says nothing that was only typed', async () => {
    await visit([nps])
    await score('5 / 10').click()
    await button('Next').click()
    await panel().locator('textarea').fill('Half a thought')
    await button('Close').click()
    await panel().waitFor({ state: 'detached' })
    await expect.poll(() => t.site.submissions.length).toBe(1)
    await settle()
    expect(t.site.submissions.map(({ survey }) => survey?.answers)).toEqual([[{ question: 'score', value: 5 }]])
  })

  it('can be skipped through, and then thanks for nothing', async () => {
    await visit([{ ...thumbs, questions: [{ id: 'a', type: 'short', text: { en: 'Your role?' } }] }])
    await button('Skip').click()
    await panel().waitFor({ state: 'detached' })
    expect(t.site.submissions).toEqual([])
  })

  it('is announced, speaks the language of the page, and falls back to its own', async () => {
    await visit([nps], '<script>document.documentElement.lang = "de-AT"</script>')
    await panel().getByText('Würden Sie uns empfehlen?').waitFor()
    expect(await panel().getAttribute('lang')).toBe('de')
    await t.page.locator('.survey [role=status]').filter({ hasText: 'Würden Sie uns empfehlen?' }).waitFor()
    await score('3 / 10').click()
    await button('Weiter').click()
    await panel().locator('textarea').fill('Mehr')
    await button('Weiter').click()
    await panel().getByText('Where?').waitFor()
  })

  it("wears the project's colours, and the page's own over them", async () => {
    const theme = { scheme: 'dark', accent: 'rgb(0, 128, 0)', radius: 2 } as const
    t.site.config({ surveys: [nps], theme })
    await t.visit('', 'data-surveys data-accent="rgb(200, 0, 0)"')
    await score('4 / 10').click()
    const [background, radius, fill] = await panel().evaluate((node) => [
      getComputedStyle(node).backgroundColor,
      getComputedStyle(node).borderRadius,
      getComputedStyle(node.querySelector('.primary') as Element).backgroundColor,
    ])
    expect(background).toBe('oklch(0.21 0.012 265)')
    expect(radius).toBe('2px')
    // Its red, dark enough for white.
    expect(fill).toMatch(/^color\(xyz-d65 0\.23\d* 0\.12 0\.01/)
  })

  it('has its whole scale on a phone, each target 24 pixels wide at least', async () => {
    await t.renew(phone)
    await visit([nps])
    await panel().waitFor()
    const boxes = await panel()
      .locator('.scale label')
      .evaluateAll((labels) =>
        labels
          .map((label) => label.getBoundingClientRect())
          .map(({ left, right, width, height }) => ({ left, right, width, height })),
      )
    expect(boxes).toHaveLength(11)
    for (const { left, right, width, height } of boxes) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
      expect(left >= 0 && right <= 360).toBe(true)
    }
  })
})

describe('which survey is due', () => {
  it('is counted as shown, once a person, and remembered without an id', async () => {
    await visit([thumbs])
    await panel().waitFor()
    await button('Close').click()
    await t.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect.poll(told).toEqual([{ survey: 'thumbs', version: 1, count: 1 }])
    expect(JSON.parse((await record()) ?? '')).toEqual([['thumbs', { at: expect.any(Number) }]])
    expect(await t.page.evaluate(() => Object.keys(localStorage))).toEqual([`earshot:${key}:surveys`])
    await t.page.reload()
    await settle()
    expect(await panel().count()).toBe(0)
    expect(told()).toHaveLength(1)
  })

  it('looks for none, and asks for nothing, where the page does not say so', async () => {
    t.site.config({ surveys: [thumbs] })
    await t.visit()
    await settle()
    expect(t.site.requests).toEqual(['GET /earshot.js'])
  })

  it('is asked after an event, on a path within the app, for a tag, and for one survey at a time', async () => {
    const first = targeted({ event: 'paid', paths: ['/thanks/*'], tags: { plan: ['pro'] }, quietDays: 0 })
    await visit([first, { ...first, id: 'second' }])
    const paid = () => t.page.evaluate(() => window.earshot?.track('paid'))
    await paid()
    await t.page.evaluate(() => history.pushState(null, '', '/thanks/42?order=1'))
    await settle()
    expect(await panel().count()).toBe(0)
    await t.page.evaluate(() => window.earshot?.tag('plan', 'pro'))
    await paid()
    await panel().waitFor()
    await paid()
    await settle()
    expect(await panel().count()).toBe(1)
    expect(await t.page.evaluate(() => history.pushState.toString())).toContain('native code')
  })

  it("waits while the page has a modal open, and while the form is; the form's own page is left alone", async () => {
    await visit([targeted({ event: 'paid' })], '<dialog id="theirs"><button id="ok">OK</button></dialog>')
    await t.page.evaluate(() => document.querySelector<HTMLDialogElement>('#theirs')?.showModal())
    await t.page.locator('#ok').evaluate((ok) => ok.addEventListener('click', () => ok.closest('dialog')?.close()))
    await t.page.evaluate(() => window.earshot?.track('paid'))
    await settle()
    expect(await panel().count()).toBe(0)
    await t.page.locator('#ok').click()
    await panel().waitFor()
    await t.page.evaluate(() => window.earshot?.open())
    await t.page.locator('dialog[open] textarea').waitFor()
    expect(await panel().isVisible()).toBe(false)
    await t.page.keyboard.press('Escape')
    expect(await panel().isVisible()).toBe(true)
  })

  it('does not ask somebody who is writing, nor right after', async () => {
    const settings = t.page.waitForResponse(/v1\/widget/)
    await visit([targeted({ event: 'paid' })])
    // What looks for surveys is at work before anything happens.
    await (await settings).finished()
    await t.open()
    await t.page.evaluate(() => window.earshot?.track('paid'))
    await settle()
    await t.page.keyboard.press('Escape')
    await settle()
    expect(await panel().count()).toBe(0)
    await t.page.evaluate(() => history.pushState(null, '', '/next'))
    await panel().waitFor()
  })

  it('draws a part of visitors the same each time, without an id, where the visitor asks for privacy too', async () => {
    await t.context.addInitScript(() => {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })
      Math.random = () => 0.3
    })
    await visit([{ ...nps, targeting: { percentage: 30 } }, targeted({ event: 'paid', percentage: 31 })])
    await settle()
    expect(await panel().count()).toBe(0)
    await t.page.reload()
    await t.page.waitForFunction(() => 'open' in (window.earshot ?? {}))
    await t.page.evaluate(() => window.earshot?.track('paid'))
    await score('Thumbs up').click()
    await panel().getByText('We read every answer').waitFor()
    await expect.poll(() => t.site.submissions.length).toBe(1)
    expect(t.site.submissions[0]).not.toHaveProperty('anonymousId')
    expect(JSON.parse((await record()) ?? '')).toEqual([
      ['nps', { draw: 30 }],
      ['thumbs', { draw: 30, at: expect.any(Number) }],
    ])
  })

  it('shows it once in a page where storage is denied', async () => {
    await t.context.addInitScript(() => {
      const denied = {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      }
      for (const name of ['indexedDB', 'localStorage']) Object.defineProperty(window, name, denied)
    })
    await visit([thumbs])
    await button('Close').click()
    await t.page.evaluate(() => history.pushState(null, '', '/next'))
    await settle()
    expect(await panel().count()).toBe(0)
  })

  it('stays silent where its files cannot be had, and is not counted', async () => {
    t.site.fail(/chunks.surveys/, 500)
    await visit([{ ...thumbs, id: 'lost' }])
    await expect.poll(() => t.site.requests.some((request) => request.includes('chunks/surveys'))).toBe(true)
    await settle()
    expect(await panel().count()).toBe(0)
    expect(t.site.displays.filter(({ survey }) => survey === 'lost')).toEqual([])
    expect(await record()).toBe(null)
  })

  it('goes away with the widget', async () => {
    await visit([thumbs])
    await panel().waitFor()
    await t.page.evaluate(() => window.earshot?.destroy())
    await panel().waitFor({ state: 'detached' })
    await expect.poll(told).toHaveLength(1)
  })
})
