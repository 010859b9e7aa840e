import { describe, expect, it } from 'vitest'
import { phone, useHarness } from './harness.ts'
import { everything, whole } from './states.ts'

const t = useHarness()

/** What has the focus: its name in the form, or what it says; "page" for what is not the widget's. */
const focused = () =>
  t.page.evaluate(() => {
    const host = document.activeElement
    const node = host?.shadowRoot?.activeElement as HTMLInputElement | undefined
    if (!node) return host?.id ?? 'page'
    return [node.name, node.name && node.type === 'radio' ? node.value : '', node.ariaLabel ?? node.textContent]
      .filter(Boolean)
      .join(' ')
  })

/** Whether something shows where the focus is: a ring of its own, or of the tile that it stands for. */
const isVisible = () =>
  t.page.evaluate(() => {
    const node = document.activeElement?.shadowRoot?.activeElement
    const seen = [node, node?.closest('.tile')].filter((one) => !!one).map((one) => getComputedStyle(one))
    return seen.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none')
  })

/** Presses a key until the focus has been where it ends; each stop must be visible. */
async function walk(keyName: string, end: string): Promise<string[]> {
  const stops: string[] = []
  while (stops.at(-1) !== end && stops.length < 30) {
    await t.page.keyboard.press(keyName)
    stops.push(await focused())
    expect([stops.at(-1), await isVisible()]).toEqual([stops.at(-1), true])
  }
  return stops
}

describe('by keyboard alone', () => {
  it('leads from the launcher through every field to Send, to another one, and back to the launcher', async () => {
    t.site.config({
      ...everything,
      kinds: [{ key: 'bug' }, { key: 'idea' }, { key: 'help', url: 'https://a.example/' }],
    })
    await t.visit('<button id="before">Before</button>', 'data-tag-plan="pro"')
    await t.page.locator('#before').focus()
    await t.page.keyboard.press('Tab')
    expect(await focused()).toBe('Feedback')
    await t.page.keyboard.press('Enter')
    await whole(t)
    expect(await focused()).toBe('message')
    expect(await walk('Shift+Tab', 'Close')).toEqual(['help', 'kind bug', 'Close'])
    const fields = [
      'kind bug',
      'help',
      'message',
      'rating 0 0 / 10',
      'email',
      'mayContact',
      'Add a screenshot',
      'Attach an image',
    ]
    const summary = 'Sent along: page and browser, plan: pro'
    expect(await walk('Tab', summary)).toEqual([...fields, summary])
    await t.page.keyboard.press('Enter')
    expect(await walk('Tab', 'Send')).toEqual(['along', 'along', 'Privacy', 'Send'])
    // Nothing was written: the focus goes to where words are missing.
    await t.page.keyboard.press('Enter')
    expect(await focused()).toBe('message')
    await t.page.keyboard.type('By keyboard')
    await walk('Tab', 'Send')
    await t.page.keyboard.press('Space')
    await t.page.getByText('K7M4XQ2P').waitFor()
    expect(await focused()).toBe('Sent')
    expect(await walk('Tab', 'Done')).toEqual(['Send another', 'Done'])
    await t.page.keyboard.press('Shift+Tab')
    await t.page.keyboard.press('Enter')
    expect(await focused()).toBe('message')
    await t.page.keyboard.press('Escape')
    expect(await focused()).toBe('Feedback')
    // The launcher can be sent away, too.
    expect(await walk('Tab', 'Hide this button for now')).toHaveLength(1)
    await t.page.keyboard.press('Enter')
    expect(await t.page.locator('.launcher').isVisible()).toBe(false)
  })

  it('stays in the sheet on a phone, and closes it', async () => {
    await t.renew(phone)
    t.site.config(everything)
    await t.visit('<button id="before">Before</button>')
    await t.page.locator('.launcher').focus()
    await t.page.keyboard.press('Enter')
    await whole(t)
    expect(await focused()).toBe('Send feedback')
    const round = await walk('Tab', 'Send')
    expect(round.slice(0, 3)).toEqual(['Close', 'kind bug', 'message'])
    // On from the last one is the browser itself, then the first one; never the page below.
    await t.page.keyboard.press('Tab')
    await t.page.keyboard.press('Tab')
    expect(await focused()).not.toBe('before')
    await t.page.locator('textarea').press('Escape')
    expect(await focused()).toBe('Feedback')
  })

  it('keeps the focus while it is being sent, and puts it on what can be done when it is refused', async () => {
    let refuseNow = () => {}
    t.site.behave((_, response) => (refuseNow = () => void response.writeHead(403).end('{}')))
    await t.visit()
    await t.open()
    await t.write('Refused')
    await t.page.locator('[type=submit]').focus()
    await t.page.keyboard.press('Enter')
    await t.page.getByRole('button', { name: 'Sending' }).waitFor()
    expect(await focused()).toBe('Sending')
    await expect.poll(() => t.site.submissions.length).toBe(1)
    refuseNow()
    await t.page.locator('.outcome,.refusal').waitFor()
    expect(await focused()).not.toBe('page')
  })
})

/** The form with a rating, as a screen reader goes through it. */
const trees = {
  en: `- dialog "Send feedback":
  - banner:
    - heading "Send feedback" [level=2]
    - button "Close"
  - group:
    - group "Kind of feedback":
      - text: Kind of feedback
      - radio "Problem" [checked]
      - text: Problem
      - radio "Idea"
      - text: Idea
      - radio "Praise"
      - text: Praise
      - radio "Question"
      - text: Question
    - text: What went wrong?
    - textbox "What went wrong?"
    - group "How would you rate this?":
      - text: How would you rate this?
      - radio "1 / 5"
      - text: "1"
      - radio "2 / 5"
      - text: "2"
      - radio "3 / 5"
      - text: "3"
      - radio "4 / 5"
      - text: "4"
      - radio "5 / 5"
      - text: "5"
    - text: E-mail, if you want an answer
    - textbox "E-mail, if you want an answer"
    - checkbox "You may contact me"
    - text: You may contact me
    - button "Add a screenshot"
    - button "Attach an image"
    - group: "Sent along: page and browser, plan: pro"
  - alert
  - contentinfo:
    - link "Privacy":
      - /url: https://a.example/
    - button "Send"`,
  de: `- dialog "Feedback senden":
  - banner:
    - heading "Feedback senden" [level=2]
    - button "Schließen"
  - group:
    - group "Art des Feedbacks":
      - text: Art des Feedbacks
      - radio "Problem" [checked]
      - text: Problem
      - radio "Idee"
      - text: Idee
      - radio "Lob"
      - text: Lob
      - radio "Frage"
      - text: Frage
    - text: Was ist schiefgegangen?
    - textbox "Was ist schiefgegangen?"
    - group "Wie bewerten Sie das?":
      - text: Wie bewerten Sie das?
      - radio "1 / 5"
      - text: "1"
      - radio "2 / 5"
      - text: "2"
      - radio "3 / 5"
      - text: "3"
      - radio "4 / 5"
      - text: "4"
      - radio "5 / 5"
      - text: "5"
    - text: E-Mail, falls Sie eine Antwort möchten
    - textbox "E-Mail, falls Sie eine Antwort möchten"
    - checkbox "You may contact me"
    - text: You may contact me
    - button "Screenshot machen"
    - button "Bild anhängen"
    - group: "Wird mitgesendet: Seite und Browser, plan: pro"
  - alert
  - contentinfo:
    - link "Datenschutz":
      - /url: https://a.example/
    - button "Senden"`,
}

describe('to a screen reader', () => {
  it.each(Object.entries(trees))('the form is a named dialog of named groups and fields, in %s', async (lang, tree) => {
    t.site.config(everything)
    await t.visit('', `data-tag-plan="pro" data-rating="csat" data-lang="${lang}"`)
    await t.open()
    await whole(t)
    expect(await t.page.locator('dialog').ariaSnapshot()).toBe(tree)
  })

  it('the launcher has a name in its language where it has no words', async () => {
    await t.visit('', 'data-label="" data-lang="ar"')
    await t.page.locator('.launcher').waitFor()
    expect(await t.page.locator('.launcher').ariaSnapshot()).toBe('- button "ملاحظات"')
  })
})
