import { limits } from '../wire/limits.ts'
import type { RatingScale } from '../wire/index.ts'
import { dateFormats, readDate } from './date.ts'
import type { DateFormat } from './date.ts'
import { scoreOf } from './score.ts'
import { nameOf } from './targets.ts'
import type { How, PlainTarget, Target } from './targets.ts'

/** What a column is probably for; null leaves it out. */
export interface Suggestion {
  target: Target | null
  how: How
}

/** Names of columns as exports and spreadsheets have them, without blanks and signs; the first that fits counts. */
const byName: [target: PlainTarget, names: RegExp][] = [
  [
    'message',
    /^(suggestion)?(message|comment|comments|feedback|text|note|notes|content|body|details|description|verbatim|review|answer|response|notetext|notecontent|postdetails|openend|whatdidyouthink)$/,
  ],
  ['message', /^(suggestion|post|note|idea)?(title|subject|headline|name)$/],
  [
    'id',
    /^(suggestion|post|note|idea|response|feedback|row|record|ticket|respondent|submission)?(id|uuid|key|number|nr)$/,
  ],
  [
    'createdAt',
    /^(suggestion|post|note|idea)?(createdat|created|createdtimestamp|createddate|creationdate|date|timestamp|submittedat|submitted|submissiondate|datesubmitted|startdate|enddate|completed|time|saidat|saidatutc|when)$/,
  ],
  [
    'person.email',
    /^(author|user|customer|creator|submitter|voter|person|respondent|contact|externaluser|createdby)?(email|emailaddress|mail|usermail)$/,
  ],
  [
    'person.name',
    /^(author|user|customer|creator|submitter|voter|person|respondent|contact|externaluser)(name|fullname|username)?$/,
  ],
  [
    'person.id',
    /^(author|user|customer|creator|submitter|voter|person|respondent|externaluser|contact)(id|userid|externalid|uuid)$/,
  ],
  ['account.id', /^(company|account|organisation|organization|customer)(id|externalid|domain)$/],
  ['account.name', /^(company|account|organisation|organization)(name)?$/],
  ['account.plan', /^(company|account)?(plan|tier|subscription)$/],
  ['account.revenue', /^(company|account)?(revenue|arr|annualrevenue)$/],
  ['status', /^(suggestion|post|note|idea)?(status|state|statusname)$/],
  ['label', /^(suggestion|post|note|idea)?(labels?|tags?|labelsname|tagnames|topics?)$/],
  ['kind', /^(type|kind|feedbacktype|notetype)$/],
  ['release', /^(release|version|appversion)$/],
  ['locale', /^(locale|language|lang)$/],
  ['page.url', /^(suggestion|post|note|page|display)?(url|link|pageurl|portalurl|displayurl)$/],
]

const scaleNames: [scale: RatingScale, names: RegExp][] = [
  ['nps', /nps|promoter|recommend|likelihood/],
  ['csat', /csat|satisf/],
  ['ces', /ces$|effort|easy|ease/],
  ['stars', /stars?$|rating|score/],
  ['thumbs', /thumb|helpful/],
]

/** A header as names are compared: letters and digits alone, the umbrella terms of documented exports included. */
export const plainName = (header: string): string =>
  header
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * Suggests for each column what it is for: by its name, then by what stands in it. Each target goes to one column, the
 * first that fits best; words may come from a title and a text. What fits nothing is a tag of its own name, as long as its
 * values are short; an empty column is left out.
 *
 * @param rows some rows of the file, 100 will do
 */
export function suggest(headers: readonly string[], rows: readonly (readonly string[])[]): Suggestion[] {
  const values = headers.map((_, i) => rows.map((cells) => (cells[i] ?? '').trim()).filter((text) => text !== ''))
  const taken = new Set<string>()
  const names = headers.map(plainName)
  // Beside an address a bare name is somebody's, not what an idea is called.
  if (names.some((name) => name.endsWith('mail'))) names.splice(0, names.length, ...names.map(whoseName))
  const found = names.map((name, i) => named(name, values[i] ?? [], taken))
  if (!taken.has('message')) giveWords(found, values, taken)
  for (const [i, suggestion] of found.entries()) {
    if (suggestion.target === null && (values[i]?.length ?? 0) > 0)
      found[i] = byValue(headers[i] ?? '', values[i] ?? [], taken)
  }
  if (!taken.has('account.id')) nameAccounts(found)
  return found
}

const whoseName = (name: string): string => (/^(full|display)?name$/.test(name) ? 'personname' : name)

const none: Suggestion = { target: null, how: 'as-is' }

function named(name: string, values: readonly string[], taken: Set<string>): Suggestion {
  if (values.length === 0) return none
  const scale = scaleNames.find(([scale, names]) => names.test(name) && isOnScale(values, scale))?.[0]
  if (scale !== undefined && !taken.has('rating')) {
    taken.add('rating')
    return { target: { to: 'rating', scale }, how: 'as-is' }
  }
  for (const [to, names] of byName) {
    if (!names.test(name) || (taken.has(to) && to !== 'message') || !isFit(to, values)) continue
    // A title and a text make one message; of two texts the second is a tag or nothing.
    if (to === 'message' && taken.has(names.source)) continue
    taken.add(to).add(names.source)
    return { target: { to }, how: to === 'label' ? 'split' : 'as-is' }
  }
  return none
}

const share = (values: readonly string[], fits: (text: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(fits).length / values.length

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
const isNumber = (text: string): boolean => /^\d+([.,]\d+)?$/.test(text)
/** Beside answers such as `n/a`: what are numbers are on it, or those above would be lost and the mean be too low. */
function isOnScale(values: readonly string[], scale: RatingScale): boolean {
  const isOn = (text: string) => scoreOf(text, scale) !== null
  const counted = values.filter((text) => /^[\d★☆]/.test(text))
  return share(values, isOn) > 0.6 && share(counted, isOn) > 0.95
}

/** Whether what stands in a column can be what its name says. */
function isFit(to: PlainTarget, values: readonly string[]): boolean {
  if (to === 'createdAt') return findFormats(values) !== null
  if (to === 'message') return share(values, isNumber) < 0.5
  if (to === 'person.email') return share(values, isAddress) > 0.5
  if (to === 'account.revenue') return share(values, (text) => Number.isFinite(Number(text))) > 0.9
  if (to === 'page.url') return share(values, (text) => URL.canParse(text)) > 0.5
  return true
}

/** Of columns that no name gives away, the one with the longest texts holds the words. */
function giveWords(found: Suggestion[], values: readonly (readonly string[])[], taken: Set<string>): void {
  const isWords = (text: string) => !isAddress(text) && !URL.canParse(text)
  const lengths = values.map((column, i) =>
    found[i]?.target === null && share(column, isWords) > 0.5
      ? column.reduce((sum, text) => sum + text.length, 0) / column.length
      : 0,
  )
  const longest = Math.max(...lengths)
  if (longest < 20) return
  found[lengths.indexOf(longest)] = { target: { to: 'message' }, how: 'as-is' }
  taken.add('message')
}

function byValue(header: string, values: readonly string[], taken: Set<string>): Suggestion {
  const offer = (to: PlainTarget, fits: boolean): Suggestion | null => {
    if (!fits || taken.has(to)) return null
    taken.add(to)
    return { target: { to }, how: 'as-is' }
  }
  const isShort = values.every((text) => text.length <= limits.valueMaxChars)
  // UserVoice puts what it is about before each name.
  const name = header
    .trim()
    .replace(/^suggestion\./, '')
    .slice(0, limits.nameMaxChars)
  const tag = (): Suggestion => {
    let own = name
    for (let next = 2; taken.has(`tag.${own}`); next++) {
      const end = ` (${next})`
      own = name.slice(0, limits.nameMaxChars - end.length) + end
    }
    taken.add(`tag.${own}`)
    return { target: { to: 'tag', name: own }, how: 'as-is' }
  }
  return (
    offer('person.email', share(values, isAddress) > 0.8) ??
    offer('createdAt', values.length > 1 && findFormats(values) !== null) ??
    (isShort && name !== '' ? tag() : none)
  )
}

/** An account without an id of its own goes by its name. */
function nameAccounts(found: Suggestion[]): void {
  const at = found.findIndex(({ target }) => target?.to === 'account.name')
  const others = found.some(({ target }) => target !== null && nameOf(target).startsWith('account.'))
  if (at >= 0) found[at] = { target: { to: 'account.id' }, how: 'as-is' }
  else if (others) {
    for (const [i, { target }] of found.entries()) {
      if (target && nameOf(target).startsWith('account.'))
        found[i] = { target: { to: 'tag', name: nameOf(target) }, how: 'as-is' }
    }
  }
}

/**
 * The formats with which nearly all of these are dates: none for ISO 8601, else the one of `dmy`, `mdy` and `ydm` that
 * reads the most. Null where they are no dates.
 */
export function findFormats(values: readonly string[]): DateFormat[] | null {
  const read = (formats: DateFormat[]) => share(values, (text) => 'iso' in readDate(text, { formats }))
  if (values.length === 0) return null
  if (read([]) > 0.9) return []
  const [best] = dateFormats.map((format) => [format, read([format])] as const).toSorted((a, b) => b[1] - a[1])
  return best !== undefined && best[1] > 0.9 ? [best[0]] : null
}

/**
 * Whether nothing tells days from months: all of them can be either. Written with dots, the day comes first everywhere.
 *
 * @example isEitherWay(['11/05/2026', '12/05/2026']) // true
 */
export function isEitherWay(values: readonly string[]): boolean {
  const written = values.flatMap((text) => {
    const parts = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)/.exec(text)
    return parts === null ? [] : [[Number(parts[1]), Number(parts[2])] as const]
  })
  return written.some(([one, two]) => one !== two) && written.every(([one, two]) => one <= 12 && two <= 12)
}
