import type { Note } from '../../sdk/wire/index.ts'
import { parseObject } from '../access/body.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { importedAt } from '../intake/clock.ts'
import { bodyOf, normalise } from '../intake/normalise.ts'
import type { Parser } from '../intake/keep.ts'
import { serverLimits } from '../limits.ts'
import type { NewItem } from '../storage/items.ts'
import { type ProveLine, speakerOf } from './speaker.ts'
import type { ImportItem } from './schema.ts'

/** What every line of one import has in common. */
export interface ImportContext {
  project: string
  /** The project's, for marks and ids of persons. */
  secret: string
  environment: string
  statuses: readonly string[]
  now: number
  schema: Parser
  prove: ProveLine
}

/** An item read from one line, with the notes on what was left out of it now. */
export interface ReadLine {
  item: NewItem
  notes: Note[]
}

/** Reads one line of an import; a line that says nothing or has no id is refused by itself. */
export async function readLine(line: string, context: ImportContext): Promise<Outcome<ReadLine>> {
  if (new TextEncoder().encode(line).length > serverLimits.importLineMaxBytes) {
    return failed('too-large', `The line is over ${serverLimits.importLineMaxBytes} bytes.`)
  }
  const raw = parseObject(line)
  if (!raw.ok) return raw
  const { notes: before, ...said } = raw.value
  const normalised = normalise<ImportItem>(said, context.schema, (given) => given.reducedAt !== undefined)
  if (!normalised.ok) return normalised
  const { submission: given, notes } = normalised.value
  const {
    person,
    status,
    labels,
    assignee,
    environment,
    source,
    externalId,
    spam,
    mergedInto,
    receivedAt,
    updatedAt,
    reducedAt,
    teamNotes,
    screened,
    ...rest
  } = given
  if (status !== undefined && !context.statuses.includes(status)) {
    notes.push({ path: 'status', code: 'replaced', detail: `This project has no status '${status}'; stored as 'new'.` })
  }
  if (labels?.includes('none') === true) {
    const detail = "'none' stands for items without a label; it was left out."
    notes.push({ path: 'labels', code: 'dropped', detail })
  }
  const speaker = await speakerOf(rest, person, context)
  notes.push(...speaker.notes)
  if ((rest.attachments?.length ?? 0) > 0) {
    notes.push({ path: 'attachments', code: 'dropped', detail: 'Images do not come along: save them by their links.' })
    rest.attachments = []
  }
  const isReduced = reducedAt !== undefined && isWordless(rest)
  if (reducedAt !== undefined && !isReduced) {
    notes.push({ path: 'reducedAt', code: 'ignored', detail: 'The line has words, and is stored with them.' })
  }
  const createdAt = importedAt(rest.createdAt, context.now, notes)
  const kept = [...notesOf(before, context.schema, notes), ...notes]
  const body = bodyOf(
    { ...rest, person: speaker.person },
    { source: source ?? 'import', verified: speaker.verified, notes: kept },
  )
  return done({
    notes,
    item: {
      ...body,
      quiet: true,
      ...(isReduced && { reducedAt: new Date(timeOr(reducedAt, context.now)).toISOString() }),
      ...(externalId === undefined ? {} : { externalId }),
      ...(screened === undefined ? {} : { screened }),
      ...(teamNotes === undefined || teamNotes.length === 0 ? {} : { teamNotes }),
      project: context.project,
      id: rest.id,
      environment: environment ?? context.environment,
      kind: rest.kind ?? 'other',
      status: status !== undefined && context.statuses.includes(status) ? status : 'new',
      labels: (labels ?? []).filter((label) => label !== 'none'),
      assignee: assignee ?? null,
      spam: spam ?? false,
      mergedInto: mergedInto ?? null,
      createdAt,
      receivedAt: timeOr(receivedAt, context.now),
      updatedAt: timeOr(updatedAt, context.now),
      message: rest.message ?? '',
    },
  })
}

/** Whether no words are left, as a retention that keeps scores leaves it; see `worker/storage/reduce.ts`. */
const isWordless = ({ message = '', survey }: Pick<ImportItem, 'message' | 'survey'>): boolean =>
  message.trim() === '' && (survey?.answers ?? []).every(({ value }) => typeof value === 'number')

/** The notes that a line brings along from where it stood before: as an export gives them, or none. */
function notesOf(before: unknown, schema: Parser, notes: Note[]): Note[] {
  if (before === undefined) return []
  const parsed = schema.shape?.['notes']?.safeParse(before)
  if (parsed?.success === true) return parsed.data as Note[]
  notes.push({ path: 'notes', code: 'dropped', detail: 'Left out: these are no notes as an export gives them.' })
  return []
}

/** A time that is given and not in the future, in epoch ms. */
function timeOr(time: string | undefined, otherwise: number): number {
  const at = time === undefined ? Number.NaN : Date.parse(time)
  return at >= 0 && at <= otherwise ? at : otherwise
}
