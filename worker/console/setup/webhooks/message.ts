import { type Feedback, type Rating, ratingScales } from '../../../../sdk/wire/index.ts'

/** The parts of the message that an incoming webhook gets for one new item. */
export interface Message {
  /** The kind, which links to the item. */
  title: string
  /** The project, and the score where there is one. */
  beside: string
  /** The first lines of what was said; empty where no words came. */
  said: string
  /** Who, of which account, where. */
  facts: string
}

const linesMax = 4
const charsMax = 500

/** The message as the collector writes it; a test holds the two together. */
export function messageOf(item: Feedback, project: { name: string; kinds: readonly { key: string; label: string }[] }) {
  const title = project.kinds.find(({ key }) => key === item.kind)?.label ?? item.kind
  const score = item.rating ? ` · ${scoreInWords(item.rating)}` : ''
  const facts = factsOf(item).join(' · ')
  return { title, beside: ` in ${project.name}${score}`, said: firstLines(item), facts } satisfies Message
}

function scoreInWords({ scale, value }: Rating): string {
  if (scale === 'thumbs') return value === 1 ? 'thumbs up' : 'thumbs down'
  const of = `${value} of ${ratingScales[scale].max}`
  return scale === 'stars' ? `${of} stars` : `${scale.toUpperCase()} ${of}`
}

function factsOf({ person, page, environment, email }: Feedback): string[] {
  const account = person?.account
  const path = page?.url !== undefined && URL.canParse(page.url) ? new URL(page.url).pathname : page?.title
  return [
    person?.name ?? person?.email ?? email ?? person?.id,
    account && [account.name ?? account.id, account.plan && `(${account.plan})`].filter(Boolean).join(' '),
    path,
    environment === 'production' ? undefined : environment,
  ].flatMap((fact) => {
    const line = (fact ?? '').replace(/\s+/g, ' ').trim().slice(0, 120)
    return line === '' ? [] : [line]
  })
}

function firstLines({ message, survey }: Feedback): string {
  const answer = survey?.answers.find(({ value }) => typeof value === 'string' && value.trim() !== '')?.value
  const text = message.trim() === '' && typeof answer === 'string' ? answer : message
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const head = lines.slice(0, linesMax).join('\n')
  const isCut = lines.length > linesMax || head.length > charsMax
  return isCut ? `${head.slice(0, charsMax).trimEnd()}…` : head
}
