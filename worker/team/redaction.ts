import type { Crumb, FeedbackPerson, Json, Note, Page, SurveyResponse, Tags } from '../../sdk/wire/index.ts'
import type { ItemBody } from '../storage/row.ts'
import { block, type Mask, maskOf } from './mask.ts'

/** What an item says, as far as it can be blacked out. */
export interface Said {
  message: string
  body: ItemBody
}

/** An item after it was blacked out, and where that was: dotted paths, each once. */
export interface Redacted extends Said {
  paths: string[]
}

/** What is to go. */
export interface Wanted {
  texts: readonly string[]
  /** Numbers of images. */
  attachments: readonly number[]
}

/** Places that notes name: more of them tell nobody more. */
const notesMax = 50

/**
 * Blacks out every occurrence of the texts and takes the images away. What cannot be a mask goes whole: a person's id,
 * because a mask would be everybody's; an account whose id is hit; an e-mail address that is hit in full. The digest of
 * the first body goes too, so that no repeat of it brings anything back.
 */
export function redact({ message, body }: Said, { texts, attachments }: Wanted): Redacted {
  const mask = maskOf(texts)
  const paths = new Set<string>()
  const text = (path: string, value: string): string => {
    const masked = mask(value)
    if (masked !== value) paths.add(path)
    return masked
  }
  const next: ItemBody = { ...body, tags: maskTags(body.tags, 'tags', text) }
  delete next.digest
  if (body.person) next.person = maskPerson(body.person, text)
  if (body.page) next.page = maskPage(body.page, text)
  if (body.email !== undefined) setOrDrop(next, 'email', maskEmail('email', body.email, text))
  if (body.survey) next.survey = maskAnswers(body.survey, text)
  if (body.context) next.context = maskDeep(body.context, 'context', mask, paths) as NonNullable<ItemBody['context']>
  if (body.crumbs) next.crumbs = body.crumbs.map((crumb) => maskCrumb(crumb, text, mask, paths))
  if (body.release !== undefined) next.release = text('release', body.release)
  if (body.externalId !== undefined) next.externalId = text('externalId', body.externalId)
  if (body.teamNotes) next.teamNotes = body.teamNotes.map((note) => ({ ...note, text: text('teamNotes', note.text) }))
  next.attachments = body.attachments?.map((attachment, n) => {
    if (!attachments.includes(n) || attachment.removed) return attachment
    paths.add(`attachments.${n}`)
    return { type: attachment.type, bytes: attachment.bytes, removed: true as const }
  })
  if (next.attachments === undefined) delete next.attachments
  const masked = { message: text('message', message), body: next }
  const kept = (body.notes ?? []).map((note) => ({ ...note, path: mask(note.path), detail: mask(note.detail) }))
  return { ...masked, body: { ...next, notes: withNotes(kept, [...paths]) }, paths: [...paths] }
}

type MaskAt = (path: string, value: string) => string

/** The notes that say what was blacked out, beside those that stood there; names that are hit do not stand in a path. */
function withNotes(notes: readonly Note[], paths: readonly string[]): Note[] {
  const fresh = paths.map((path): Note => {
    const detail = path.startsWith('attachments.') ? 'Removed by the team.' : 'Blacked out by the team.'
    return { path, code: 'redacted', detail }
  })
  const others = notes.filter(({ path, code }) => code !== 'redacted' || !paths.includes(path))
  return [...others, ...fresh.slice(0, notesMax)]
}

function maskTags(tags: Tags, path: string, text: MaskAt): Tags {
  return Object.fromEntries(
    Object.entries(tags).map(([name, value]) => {
      const said = String(value)
      const masked = typeof value === 'boolean' ? said : text(`${path}.${name}`, said)
      return [name, masked === said ? value : masked]
    }),
  )
}

/** Undefined where nothing is left of the address that would be one. */
function maskEmail(path: string, email: string, text: MaskAt): string | undefined {
  const masked = text(path, email)
  return masked === email || masked.includes('@') ? masked : undefined
}

function setOrDrop<K extends 'email' | 'anonymousId'>(target: { [name in K]?: string }, name: K, value?: string): void {
  if (value === undefined) delete target[name]
  else target[name] = value
}

function maskPerson(person: FeedbackPerson, text: MaskAt): FeedbackPerson | null {
  const next = { ...person }
  if (person.name !== undefined) next.name = text('person.name', person.name)
  if (person.email !== undefined) setOrDrop(next, 'email', maskEmail('person.email', person.email, text))
  if (person.traits) next.traits = maskTags(person.traits, 'person.traits', text)
  if (person.id !== undefined && text('person.id', person.id) !== person.id) {
    delete next.id
    delete next.uuid
    next.verified = false
  }
  const { anonymousId, account } = person
  if (anonymousId !== undefined && text('person.anonymousId', anonymousId) !== anonymousId) delete next.anonymousId
  if (account) {
    const { id, name, plan, revenue, traits } = account
    if (text('person.account.id', id) !== id) delete next.account
    else {
      next.account = { ...account }
      if (name !== undefined) next.account.name = text('person.account.name', name)
      if (plan !== undefined) next.account.plan = text('person.account.plan', plan)
      if (traits) next.account.traits = maskTags(traits, 'person.account.traits', text)
      if (revenue !== undefined && text('person.account.revenue', String(revenue)) !== String(revenue)) {
        delete next.account.revenue
      }
    }
  }
  return Object.keys(next).some((name) => name !== 'verified') ? next : null
}

function maskPage(page: Page, text: MaskAt): Page {
  const next = { ...page }
  for (const name of ['url', 'title', 'referrer', 'locale', 'timeZone'] as const) {
    const value = page[name]
    if (value !== undefined) next[name] = text(`page.${name}`, value)
  }
  if (page.device) {
    const device = { ...page.device }
    for (const name of ['browser', 'os', 'form', 'userAgent'] as const) {
      const value = device[name]
      if (value !== undefined) device[name] = text(`page.device.${name}`, value)
    }
    next.device = device
  }
  return next
}

/** Ids of questions stay, so that the answers stay answers to them. */
function maskAnswers(survey: SurveyResponse, text: MaskAt): SurveyResponse {
  const answers = survey.answers.map(({ question, value }) => {
    const at = `survey.answers.${question}`
    if (typeof value === 'string') return { question, value: text(at, value) }
    return { question, value: Array.isArray(value) ? value.map((one) => text(at, one)) : value }
  })
  return { ...survey, answers }
}

function maskCrumb(crumb: Crumb, text: MaskAt, mask: Mask, paths: Set<string>): Crumb {
  const next = { ...crumb, message: text('crumbs', crumb.message) }
  if (crumb.data) next.data = maskDeep(crumb.data, 'crumbs', mask, paths) as NonNullable<Crumb['data']>
  return next
}

/** Every text, number and name in a JSON value. A path names the part only: no name that is hit stands in a note. */
function maskDeep(value: Json, path: string, mask: Mask, paths: Set<string>): Json {
  const found = (masked: string, said: string) => {
    if (masked !== said) paths.add(path)
    return masked
  }
  if (typeof value === 'string') return found(mask(value), value)
  if (typeof value === 'number') {
    const masked = found(mask(String(value)), String(value))
    return masked === String(value) ? value : masked
  }
  if (value === null || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((one) => maskDeep(one, path, mask, paths))
  const next: { [key: string]: Json } = {}
  for (const [name, entry] of Object.entries(value)) {
    let key = found(mask(name), name)
    // Two names of one length become one mask; neither value is lost for it.
    while (Object.hasOwn(next, key)) key += block
    next[key] = maskDeep(entry, path, mask, paths)
  }
  return next
}
