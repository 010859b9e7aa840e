import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Feedback, WebhookPayload } from '../../sdk/wire/index.ts'
import { cutText, feedbackPayload, type Item, payloadMaxBytes } from '../../worker/deliver/payload.ts'
import { slackMessage, type SlackPlace } from '../../worker/deliver/slack.ts'

const place = { project: 'p1', origin: 'https://feedback.example.com' }
const slackPlace: SlackPlace = { ...place, name: 'Shop', labelOf: (kind) => (kind === 'bug' ? 'Bug' : kind) }
const at = Date.UTC(2026, 10, 22, 9, 30)

const item: Item = {
  id: '01a2075f-e5e2-700d-8df9-1e2c4f5868e0',
  reference: 'ABCD1234',
  change: 7,
  kind: 'bug',
  message: 'It broke',
  status: 'new',
  environment: 'production',
  createdAt: '2026-11-22T09:30:00.000Z',
  receivedAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
  tags: {},
  labels: [],
  person: null,
  page: null,
  source: 'widget',
}
const payloadOf = (more: Partial<Item>) => {
  const payload = feedbackPayload('feedback.created', at, place, { ...item, ...more })
  if (payload.type !== 'feedback.created') throw new Error('another type')
  return payload
}
const bytesOf = (payload: WebhookPayload) => Buffer.byteLength(JSON.stringify(payload))

describe('the payload', () => {
  it('is the item whole, with links, where it is small', () => {
    expect(payloadOf({})).toEqual({
      type: 'feedback.created',
      timestamp: '2026-11-22T09:30:00.000Z',
      data: {
        project: 'p1',
        feedback: item,
        cut: [],
        url: `https://feedback.example.com/console/inbox?project=p1&item=${item.id}`,
        apiUrl: `https://feedback.example.com/v1/feedback/${item.id}?project=p1`,
      },
    })
  })

  it('gives no key of an image away', () => {
    const attachments = [{ type: 'image/png', bytes: 5, width: 1, height: 1, file: 'secret-name' }]
    const { feedback } = payloadOf({ attachments }).data
    expect(feedback.attachments).toEqual([{ type: 'image/png', bytes: 5, width: 1, height: 1 }])
  })

  it('leaves out what matters least first, and says what', () => {
    const context = { app: { state: 'x'.repeat(16_000) } }
    const crumbs = [{ at: item.createdAt, type: 'log' as const, message: 'y'.repeat(8_000) }] as Feedback['crumbs']
    const { data } = payloadOf({ context, crumbs, message: 'z'.repeat(4_000) })
    expect(data.cut).toEqual(['crumbs', 'context'])
    expect(data.feedback.message.length).toBe(4_000)
    const long = payloadOf({ message: 'wörd '.repeat(20_000) }).data
    expect(long.cut).toEqual(['message'])
    expect(long.feedback.message).toMatch(/^wörd .*…$/)
    expect(Buffer.byteLength(long.feedback.message)).toBeGreaterThan(15_000)
  })

  it('is under 20 kB whatever was said, and text to the last character', () => {
    const text = fc.constantFrom('', 'a', 'é', '東', '👍', '\u0000', '\\"', '\ud800', 'some words ')
    const long = fc.tuple(text, fc.nat({ max: 4_000 })).map(([one, times]) => one.repeat(times))
    const short = fc.tuple(text, fc.nat({ max: 250 })).map(([one, times]) => one.repeat(times))
    const tags = fc.dictionary(fc.string({ maxLength: 20 }), short, { maxKeys: 50 })
    fc.assert(
      fc.property(
        fc.record({
          message: long,
          tags,
          labels: fc.array(short, { maxLength: 60 }),
          externalId: long,
          context: fc.dictionary(fc.string({ maxLength: 20 }), fc.dictionary(fc.string(), long)),
          person: fc.record({
            id: text,
            name: long,
            email: text,
            traits: tags,
            anonymousId: text,
            verified: fc.boolean(),
          }),
          page: fc.record({ url: long, title: long }),
          survey: fc.record({
            id: text,
            version: fc.nat(),
            answers: fc.array(fc.record({ question: text, value: long }), { maxLength: 5 }),
          }),
        }),
        (more) => {
          const payload = payloadOf(more)
          expect(bytesOf(payload)).toBeLessThan(payloadMaxBytes)
          const { feedback } = payload.data
          expect(feedback.message.isWellFormed() || !more.message.isWellFormed()).toBe(true)
          expect(more.message.startsWith(feedback.message.replace(/…$/, ''))).toBe(true)
        },
      ),
      { numRuns: 15, endOnFailure: true },
    )
  })

  it('cuts between characters', () => {
    expect(cutText('👍👍👍', 11)).toBe('👍…')
    expect(cutText('short', 7)).toBe('short')
    expect(cutText('ab', 0)).toBe('…')
  })
})

const shown = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')

describe('a message to people', () => {
  const more: Partial<Item> = {
    message: 'The export is empty\nsince this morning.\n\nOnly for big lists.',
    rating: { scale: 'csat', value: 2 },
    person: { name: 'Ada Lovelace', account: { id: 'acme', name: 'Acme', plan: 'pro' }, verified: true },
    page: { url: 'https://app.example.com/exports/new?token=1', title: 'Exports' },
  }

  it('says what kind, which score, the first lines, who and where, and links to the item', () => {
    const { text, blocks } = slackMessage(slackPlace, [{ ...item, ...more }])
    const url = `https://feedback.example.com/console/inbox?project=p1&amp;item=${item.id}`
    expect(blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: `*<${url}|Bug>* in Shop · CSAT 2 of 5`, verbatim: true } },
      {
        type: 'section',
        text: {
          type: 'plain_text',
          text: 'The export is empty\nsince this morning.\nOnly for big lists.',
          emoji: false,
        },
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: 'Ada Lovelace · Acme (pro) · /exports/new', emoji: false }],
      },
    ])
    expect(text).toBe(
      `*<${url}|Bug>* in Shop · CSAT 2 of 5 · \`Ada Lovelace\` · \`Acme (pro)\` · \`/exports/new\`\n\`\`\`\nThe export is empty\nsince this morning.\nOnly for big lists.\n\`\`\``,
    )
  })

  it('is one for many, shows ten and counts the others', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({ ...item, message: `Number ${i}.` }))
    const { text, blocks } = slackMessage(slackPlace, many, 20)
    expect(JSON.stringify(blocks[0])).toContain('34 new in')
    expect(text).toContain('Number 9.')
    expect(text).not.toContain('Number 10.')
    expect(JSON.stringify(blocks.at(-1))).toContain('24 more')
    expect(blocks.length).toBeLessThanOrEqual(50)
  })

  it('of a score without words, or of an answer to a survey, still says what there is', () => {
    const score = slackMessage(slackPlace, [{ ...item, message: '', rating: { scale: 'nps', value: 9 } }])
    expect(JSON.stringify(score.blocks)).toContain('NPS 9 of 10')
    const survey = { id: 's', version: 1, answers: [{ question: 'why', value: 'Too slow' }] }
    expect(slackMessage(slackPlace, [{ ...item, message: '', survey }]).text).toContain('Too slow')
    const chosen = { question: 'what', value: 'lower-price' }
    const both = { ...survey, answers: [chosen, ...survey.answers] }
    expect(slackMessage(slackPlace, [{ ...item, message: '', survey: both }]).text).toContain('Too slow')
    const only = { ...survey, answers: [chosen] }
    expect(slackMessage(slackPlace, [{ ...item, message: '', survey: only }]).text).toContain('lower-price')
  })

  const nasty = [
    '<!channel> <!here> <!everyone> <@U012> <#C012> <!subteam^S012>',
    '<https://evil.example|Click here>',
    '@channel @here @everyone @all',
    '*bold* _italic_ ~gone~ `code` ```block``` > quote',
    '&lt;!channel&gt;',
    '\u202Eevil\u2066',
    '```\n<!channel>\n```',
  ]

  it.each(nasty)('takes %s for text', (text) => {
    const person = { id: text, name: text, account: { id: text, plan: text }, verified: false }
    const message = slackMessage({ ...slackPlace, name: text, labelOf: () => text }, [
      { ...item, message: text, person, page: { title: text }, environment: text },
      item,
    ])
    // What Slack reads as markup: only our own links.
    const formatted = [message.text, ...formattedOf(message.blocks)]
    for (const one of formatted) {
      const marks = [...one.matchAll(/<([^>]*)>/g)].map(([, inside]) => inside ?? '')
      for (const mark of marks) expect(mark).toMatch(/^https:\/\/feedback\.example\.com\/console\//)
      expect(one).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      // Outside of code nothing mentions anybody.
      expect(one.replace(/```[\s\S]*?```|`[^`]*`/g, '')).not.toMatch(/@(channel|here|everyone|all)/)
    }
    expect(shown(message.text)).toContain('It broke')
  })
})

function formattedOf(blocks: object[]): string[] {
  const texts: string[] = []
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    if ('type' in value && value.type === 'mrkdwn' && 'text' in value) texts.push(String(value.text))
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(blocks)
  return texts
}
