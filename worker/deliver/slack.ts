import type { Rating } from '../../sdk/wire/index.ts'
import { ratingScales } from '../../sdk/wire/submission.ts'
import { surveyIdForm } from '../../sdk/wire/survey.ts'
import { consoleUrl, inboxUrl, type Item, type Place } from './payload.ts'

/** What an incoming webhook of Slack takes: blocks for Slack, and `text` for notifications and for what knows no blocks. */
export interface SlackMessage {
  text: string
  blocks: object[]
}

/** What a message needs to know of the project. */
export interface SlackPlace extends Place {
  name: string
  /** What the project calls a kind. */
  labelOf: (kind: string) => string
}

/** Items that one message shows; it counts the others. */
export const slackItemsMax = 10
/** The first lines of what was said. */
const linesMax = 4
const charsMax = 500

/** A message about new items, one or many at once; `more` are counted only. */
export function slackMessage(place: SlackPlace, items: readonly Item[], more = 0): SlackMessage {
  const shown = items.slice(0, slackItemsMax)
  const others = more + items.length - shown.length
  const inbox = inboxUrl(place)
  const head = items.length + more === 1 ? [] : [`*${items.length + more} new in ${link(inbox, place.name)}*`]
  const tail = others === 0 ? [] : [`${link(inbox, `${others} more`)} in the console`]
  return {
    text: [...head, ...shown.map((item) => itemText(place, item)), ...tail].join('\n\n'),
    blocks: [
      ...head.map(mrkdwn),
      ...shown.flatMap((item) => itemBlocks(place, item, shown.length === 1)),
      ...tail.map(mrkdwn),
    ],
  }
}

/** A test. */
export function slackTest(place: SlackPlace): SlackMessage {
  const text = `Earshot is connected: new feedback of ${link(inboxUrl(place), place.name)} comes here.`
  return { text, blocks: [mrkdwn(text)] }
}

/** What people typed stands in plain text alone, where Slack reads no mentions, links or formatting. */
function itemBlocks(place: SlackPlace, item: Item, isAlone: boolean): object[] {
  const said = firstLines(item)
  const facts = factsOf(item)
  return [
    mrkdwn(headOf(place, item, isAlone)),
    ...(said === '' ? [] : [{ type: 'section', text: plain(said) }]),
    ...(facts.length === 0 ? [] : [{ type: 'context', elements: [plain(facts.join(' · '))] }]),
  ]
}

/** The same in one text: what people typed stands as code, in which nothing means anything, here and elsewhere. */
function itemText(place: SlackPlace, item: Item): string {
  const said = firstLines(item)
  const facts = factsOf(item).map((fact) => `\`${literal(fact)}\``)
  return [
    [headOf(place, item, true), ...facts].join(' · '),
    ...(said === '' ? [] : [`\`\`\`\n${literal(said)}\n\`\`\``]),
  ].join('\n')
}

function headOf(place: SlackPlace, item: Item, isAlone: boolean): string {
  const score = item.rating === undefined ? [] : [scoreInWords(item.rating)]
  const where = isAlone ? ` in ${words(place.name)}` : ''
  return [`*${link(consoleUrl(place, item.id), place.labelOf(item.kind))}*${where}`, ...score].join(' · ')
}

/** @example scoreInWords({ scale: 'nps', value: 9 }) // 'NPS 9 of 10' */
export function scoreInWords({ scale, value }: Rating): string {
  if (scale === 'thumbs') return value === 1 ? 'thumbs up' : 'thumbs down'
  const of = `${value} of ${ratingScales[scale].max}`
  return scale === 'stars' ? `${of} stars` : `${scale.toUpperCase()} ${of}`
}

/** Who, of which account, on which page, and where it is not the live product. */
function factsOf({ person, page, environment, email }: Item): string[] {
  const account = person?.account
  return [
    person?.name ?? person?.email ?? email ?? person?.id,
    account === undefined
      ? undefined
      : [account.name ?? account.id, account.plan && `(${account.plan})`].filter(Boolean).join(' '),
    pathOf(page?.url) ?? page?.title,
    environment === 'production' ? undefined : environment,
  ].flatMap((fact) => {
    const line = clean(fact ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 120)
      .toWellFormed()
    return line === '' ? [] : [line]
  })
}

const pathOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).pathname : undefined

/** The first lines of the message; where there is none, of the first answer in words, rather one that was written than chosen. */
function firstLines({ message, survey }: Item): string {
  const answers = (survey?.answers ?? []).flatMap(({ value }) =>
    typeof value === 'string' && value.trim() !== '' ? [value] : [],
  )
  // What may be the id of a choice was hardly written.
  const answer = answers.find((one) => !surveyIdForm.test(one)) ?? answers[0] ?? ''
  const text = message.trim() === '' ? answer : message
  const lines = clean(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const head = lines.slice(0, linesMax).join('\n')
  const isCut = lines.length > linesMax || head.length > charsMax
  return isCut
    ? `${head
        .slice(0, charsMax)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : head
}

/** Without control characters, and without those that turn the direction of what comes after. */
const clean = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')

/** https://docs.slack.dev/messaging/formatting-message-text/#escaping */
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A text inside code marks. */
const literal = (text: string): string => escape(text.replaceAll('`', '’'))

/** A project's own words inside formatted text: without the marks that format, and without mentions. */
const words = (text: string): string =>
  escape(
    clean(text)
      .replace(/[*_~`|\n]/g, ' ')
      .replace(/@(?=\w)/g, '@\u200b')
      .trim(),
  )

const link = (url: string, text: string): string => `<${escape(url)}|${words(text)}>`

const mrkdwn = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })
const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false })
