import type { Feedback, Note, Page, Submission } from '../../sdk/wire/index.ts'
import { builtInKinds } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { failed, type Outcome, done } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import type { ItemBody } from '../storage/row.ts'
import { fillDevice } from './device.ts'
import { cut, keepAll, type Parser } from './keep.ts'
import { boundNotes, joinPath, sanitise } from './sanitise.ts'

/** A submission whose every part can be stored, and the notes on what could not. */
export interface Normalised<T extends Submission = Submission> {
  submission: T
  notes: Note[]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** Texts that are cut rather than left out when they are too long. */
const cuttable: Record<string, number> = { release: limits.releaseMaxChars, sdk: 100 }

/**
 * Turns what was sent into what can be stored. Refuses only what has no valid id or says nothing at all; everything
 * else is kept as far as it can be, with a note for each loss. The message is never cut. `mayBeEmpty` says of what says
 * nothing that it is something nevertheless.
 */
export function normalise<T extends Submission>(
  raw: Record<string, unknown>,
  schema: Parser,
  mayBeEmpty: (submission: T) => boolean = () => false,
): Outcome<Normalised<T>> {
  if (typeof raw['id'] !== 'string' || !uuid.test(raw['id'])) {
    const detail = raw['id'] === undefined ? 'There is no id.' : 'The id is no UUID.'
    return failed('bad-id', `${detail} Make a UUIDv7 on the sender, once for each submission.`, {
      issues: [{ path: 'id', reason: raw['id'] === undefined ? 'missing' : 'not a UUID' }],
    })
  }
  const notes: Note[] = []
  const clean = sanitise({ ...raw, id: raw['id'].toLowerCase() }, notes) as Record<string, unknown>
  prepare(clean, notes)
  const submission = keepAll(schema, clean, notes) as T | undefined
  boundNotes(notes)
  if (submission === undefined) return failed('invalid', 'The submission cannot be read.')
  if (saysNothing(submission) && !mayBeEmpty(submission)) {
    return failed('empty', 'It says nothing: send a message, a rating or an answer.', {
      issues: [{ path: 'message', reason: 'nothing was said' }],
    })
  }
  return done({ submission, notes })
}

/** Mends what can be mended before the schema looks at it. */
function prepare(clean: Record<string, unknown>, notes: Note[]): void {
  if (typeof clean['message'] === 'number' || typeof clean['message'] === 'boolean') {
    clean['message'] = String(clean['message'])
    notes.push({ path: 'message', code: 'replaced', detail: 'Turned into text.' })
  }
  if (typeof clean['kind'] === 'string' && !/^[a-z0-9][a-z0-9-]{0,39}$/.test(clean['kind'])) {
    notes.push({
      path: 'kind',
      code: 'replaced',
      detail: `No valid kind; stored as 'other'. Try one of: ${builtInKinds.join(', ')}.`,
    })
    clean['kind'] = 'other'
  }
  for (const [name, max] of Object.entries(cuttable)) {
    const value = clean[name]
    if (typeof value === 'string') clean[name] = cut(value, max, name, notes)
  }
  const attachments = clean['attachments']
  if (Array.isArray(attachments) && attachments.length > limits.attachmentsMax) {
    const over = attachments.length - limits.attachmentsMax
    notes.push({
      path: 'attachments',
      code: 'dropped',
      detail: `${over} more than ${limits.attachmentsMax} are not taken.`,
    })
    clean['attachments'] = attachments.slice(0, limits.attachmentsMax)
  }
  if (Array.isArray(clean['crumbs'])) clean['crumbs'] = clean['crumbs'].slice(-limits.crumbsMax)
  clean['context'] = boundContext(clean['context'], notes)
}

/** Keeps named objects as long as all of them together stay under the limit. */
function boundContext(context: unknown, notes: Note[]): unknown {
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return context
  const encoder = new TextEncoder()
  const kept: Record<string, unknown> = {}
  let bytes = 2
  for (const [name, value] of Object.entries(context)) {
    const path = joinPath('context', name)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      notes.push({ path, code: 'dropped', detail: 'A context must be an object.' })
      continue
    }
    if (Object.keys(kept).length === serverLimits.contextsMax) {
      notes.push({ path, code: 'dropped', detail: `More than ${serverLimits.contextsMax} contexts are not kept.` })
      continue
    }
    const size = encoder.encode(JSON.stringify({ [name]: value })).length
    if (bytes + size > limits.contextMaxBytes) {
      notes.push({ path, code: 'dropped', detail: `All context together is over ${limits.contextMaxBytes} bytes.` })
      continue
    }
    bytes += size
    kept[name] = value
  }
  return kept
}

function saysNothing({ message, rating, survey }: Submission): boolean {
  return (message ?? '').trim() === '' && rating === undefined && (survey?.answers.length ?? 0) === 0
}

/** What of a submission goes into the stored body. */
export function bodyOf(submission: Submission, extra: { source: string; verified: boolean; notes: Note[] }): ItemBody {
  const {
    person,
    anonymousId,
    email,
    rating,
    survey,
    mayContact,
    mayContactVersion,
    context,
    crumbs,
    release,
    attachments,
    sdk,
  } = submission
  const known = person !== undefined || anonymousId !== undefined
  const speaker: Feedback['person'] = known
    ? { ...person, ...(anonymousId === undefined ? {} : { anonymousId }), verified: extra.verified }
    : null
  return {
    tags: submission.tags ?? {},
    person: speaker,
    page: hasEntries(submission.page) ? withDevice(submission.page) : null,
    source: extra.source,
    ...(rating && { rating }),
    ...(survey && { survey }),
    ...(email === undefined ? {} : { email }),
    ...(mayContact === undefined ? {} : { mayContact }),
    ...(mayContactVersion === undefined ? {} : { mayContactVersion }),
    ...(hasEntries(context) && { context }),
    ...(hasEntries(crumbs) && { crumbs }),
    ...(release === undefined ? {} : { release }),
    ...(hasEntries(attachments) && { attachments }),
    ...(sdk === undefined ? {} : { sdk }),
    ...(hasEntries(submission.dropped) && { dropped: submission.dropped }),
    ...(extra.notes.length > 0 && { notes: extra.notes }),
    ...(submission.revision === undefined ? {} : { revision: submission.revision }),
  }
}

const withDevice = (page: Page): Page => (page.device ? { ...page, device: fillDevice(page.device) } : page)

const hasEntries = <T extends object>(object: T | undefined): object is T =>
  object !== undefined && Object.keys(object).length > 0
