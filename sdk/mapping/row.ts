import { ratingScales } from '../wire/index.ts'
import type { Account, Feedback, FeedbackPerson, Rating } from '../wire/index.ts'
import { readDate } from './date.ts'
import type { DateReading } from './date.ts'
import { idFrom, isUuid } from './id.ts'
import { scoreOf } from './score.ts'
import type { Assignment } from './targets.ts'

/** How rows become items. */
export interface Mapping {
  assignments: readonly Assignment[]
  /** What ids are derived from, with the row's own. */
  source: string
  dates?: DateReading
}

/** Why a row is refused; `hint` where another way to read dates may help. */
export interface Refusal {
  reason: string
  hint?: 'order' | 'ydm'
}

/** What became of one row. */
export type Mapped = { item: Partial<Feedback> & { id: string }; missing: Missing[] } | Refusal

/** Something a row lacks that does not stop it. */
export type Missing = 'rating' | 'createdAt' | 'id'

type Draft = Omit<Partial<Feedback>, 'id'>

/** An item but for its id, which takes a while to make; `own` is the row's own id. */
export type Drafted = { draft: Draft; own: string | undefined; missing: Missing[] } | Refusal

/**
 * Makes one item of one row. Texts stay exactly as they are; what is empty is left out.
 *
 * @param occurrence how many equal rows stood before this one: equal rows without an id are different items
 */
export async function mapRow(cells: readonly string[], mapping: Mapping, occurrence: number): Promise<Mapped> {
  const drafted = draftRow(cells, mapping)
  if ('reason' in drafted) return drafted
  const { draft, own, missing } = drafted
  const id = await identify(own, cells, mapping.source, occurrence)
  return { item: { ...id, ...draft }, missing }
}

/** The same without the id: what a preview shows. */
export function draftRow(cells: readonly string[], mapping: Mapping): Drafted {
  const draft: Omit<Draft, 'person'> = {}
  const person: FeedbackPerson = { verified: false }
  const account: Partial<Account> = {}
  const missing: Missing[] = []
  let ownId: string | undefined

  for (const { target, from } of mapping.assignments) {
    const text = 'value' in from ? from.value : (cells[from.column] ?? '')
    const how = 'value' in from ? 'as-is' : from.how
    if (target.to === 'message') {
      // A title and what stands below it are two columns of one message.
      if (text !== '') draft.message = draft.message ? `${draft.message}\n\n${text}` : text
      continue
    }
    const word = text.trim()
    if (target.to === 'rating') {
      const rating = readRating(target.scale, word, how === 'reverse')
      if (rating) draft.rating = rating
      else missing.push('rating')
      continue
    }
    if (word === '') {
      if (target.to === 'createdAt' || target.to === 'id') missing.push(target.to)
      continue
    }
    switch (target.to) {
      case 'id':
        ownId = word
        break
      case 'createdAt': {
        const read = readDate(word, mapping.dates)
        if ('reason' in read) return read
        draft.createdAt = read.iso
        break
      }
      case 'kind':
      case 'status':
        draft[target.to] = keyOf(word)
        break
      case 'label':
        draft.labels = [...(draft.labels ?? []), ...(how === 'split' ? split(word) : [word])]
        break
      case 'tag':
        draft.tags = { ...draft.tags, [target.name]: text }
        break
      case 'trait':
        person.traits = { ...person.traits, [target.name]: text }
        break
      case 'release':
      case 'email':
      case 'source':
        draft[target.to] = word
        break
      case 'locale':
        draft.page = { ...draft.page, locale: word }
        break
      case 'page.url':
        draft.page = { ...draft.page, url: word }
        break
      case 'person.id':
      case 'person.name':
      case 'person.email':
        person[target.to.slice(7) as 'id' | 'name' | 'email'] = word
        break
      case 'account.id':
      case 'account.name':
      case 'account.plan':
        account[target.to.slice(8) as 'id' | 'name' | 'plan'] = word
        break
      case 'account.revenue':
        if (!Number.isFinite(Number(word))) return { reason: `account.revenue: "${word}" is no number` }
        account.revenue = Number(word)
        break
      default:
        target.to satisfies never
    }
  }
  if (!draft.message && !draft.rating) return { reason: 'says nothing: no words and no score' }
  if (account.id !== undefined) person.account = { ...account, id: account.id }
  const known = Object.keys(person).length > 1
  return { draft: { source: 'import', ...draft, ...(known && { person }) }, own: ownId, missing }
}

async function identify(own: string | undefined, cells: readonly string[], source: string, occurrence: number) {
  if (own === undefined) return { id: await idFrom(source, 'row', String(occurrence), ...cells) }
  if (isUuid(own)) return { id: own.toLowerCase() }
  return { id: await idFrom(source, 'id', own), externalId: own }
}

function readRating(scale: keyof typeof ratingScales, text: string, reverse: boolean): Rating | null {
  const value = scoreOf(text, scale)
  if (value === null) return null
  const { min, max } = ratingScales[scale]
  return { scale, value: reverse ? min + max - value : value }
}

/** `Feature request` as the key of a kind or a status: `feature-request`. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

function split(text: string): string[] {
  return text
    .split(/[,;|]/)
    .map((part) => part.trim())
    .filter(Boolean)
}
