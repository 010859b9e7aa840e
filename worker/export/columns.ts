import type { Feedback, KnownName, TeamNote } from '../../sdk/wire/index.ts'

/** One column of a table: a stable key for `columns=`, a header for people, and the cell of an item. */
export interface Column {
  key: string
  header: string
  cell: (item: Feedback) => string | number | boolean | undefined
}

const asJson = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value))

const noteInWords = ({ text, author, createdAt }: TeamNote): string => `${createdAt} ${author}: ${text}`

/** The fields that every item can have, in the order in which a table gives them. */
export const fieldColumns: readonly Column[] = [
  { key: 'id', header: 'ID', cell: (item) => item.id },
  { key: 'reference', header: 'Reference', cell: (item) => item.reference },
  { key: 'createdAt', header: 'Said at (UTC)', cell: (item) => item.createdAt },
  { key: 'kind', header: 'Kind', cell: (item) => item.kind },
  { key: 'message', header: 'Message', cell: (item) => item.message },
  { key: 'scale', header: 'Rating scale', cell: (item) => item.rating?.scale },
  { key: 'rating', header: 'Rating', cell: (item) => item.rating?.value },
  { key: 'status', header: 'Status', cell: (item) => item.status },
  { key: 'labels', header: 'Labels', cell: (item) => item.labels.join(', ') || undefined },
  { key: 'assignee', header: 'Assignee', cell: (item) => item.assignee },
  { key: 'environment', header: 'Environment', cell: (item) => item.environment },
  { key: 'source', header: 'Source', cell: (item) => item.source },
  { key: 'release', header: 'Release', cell: (item) => item.release },
  { key: 'person', header: 'Person ID', cell: (item) => item.person?.id },
  { key: 'personUuid', header: 'Person UUID', cell: (item) => item.person?.uuid },
  { key: 'name', header: 'Person name', cell: (item) => item.person?.name },
  { key: 'personEmail', header: 'Person e-mail', cell: (item) => item.person?.email },
  { key: 'verified', header: 'Person verified', cell: (item) => item.person?.verified },
  { key: 'anonymousId', header: 'Anonymous ID', cell: (item) => item.person?.anonymousId },
  { key: 'account', header: 'Account ID', cell: (item) => item.person?.account?.id },
  { key: 'accountName', header: 'Account name', cell: (item) => item.person?.account?.name },
  { key: 'accountPlan', header: 'Account plan', cell: (item) => item.person?.account?.plan },
  { key: 'accountRevenue', header: 'Account revenue', cell: (item) => item.person?.account?.revenue },
  { key: 'email', header: 'E-mail to answer', cell: (item) => item.email },
  { key: 'mayContact', header: 'May contact', cell: (item) => item.mayContact },
  { key: 'mayContactVersion', header: 'May contact, wording', cell: (item) => item.mayContactVersion },
  { key: 'url', header: 'Page URL', cell: (item) => item.page?.url },
  { key: 'title', header: 'Page title', cell: (item) => item.page?.title },
  { key: 'referrer', header: 'Referrer', cell: (item) => item.page?.referrer },
  { key: 'locale', header: 'Locale', cell: (item) => item.page?.locale },
  { key: 'timeZone', header: 'Time zone', cell: (item) => item.page?.timeZone },
  { key: 'browser', header: 'Browser', cell: (item) => item.page?.device?.browser },
  { key: 'os', header: 'Operating system', cell: (item) => item.page?.device?.os },
  { key: 'device', header: 'Device', cell: (item) => item.page?.device?.form },
  { key: 'userAgent', header: 'User agent', cell: (item) => item.page?.device?.userAgent },
  {
    key: 'viewport',
    header: 'Viewport',
    cell: ({ page }) => page?.viewport && `${page.viewport.width}x${page.viewport.height}`,
  },
  { key: 'survey', header: 'Survey ID', cell: (item) => item.survey?.id },
  { key: 'surveyVersion', header: 'Survey version', cell: (item) => item.survey?.version },
  { key: 'crumbs', header: 'Crumbs (JSON)', cell: (item) => asJson(item.crumbs) },
  { key: 'attachments', header: 'Attachments (JSON)', cell: (item) => asJson(item.attachments) },
  { key: 'teamNotes', header: 'Team notes', cell: (item) => item.teamNotes?.map(noteInWords).join('\n') || undefined },
  { key: 'notes', header: 'Notes on receipt (JSON)', cell: (item) => asJson(item.notes) },
  { key: 'dropped', header: 'Dropped before (JSON)', cell: (item) => asJson(item.dropped) },
  { key: 'sdk', header: 'SDK', cell: (item) => item.sdk },
  { key: 'externalId', header: 'External ID', cell: (item) => item.externalId },
  { key: 'revision', header: 'Revision', cell: (item) => item.revision },
  { key: 'spam', header: 'Spam', cell: (item) => item.spam === true },
  { key: 'mergedInto', header: 'Merged into', cell: (item) => item.mergedInto },
  { key: 'receivedAt', header: 'Received at (UTC)', cell: (item) => item.receivedAt },
  { key: 'updatedAt', header: 'Updated at (UTC)', cell: (item) => item.updatedAt },
  { key: 'change', header: 'Change', cell: (item) => item.change },
]

/** Columns of names beyond this many go together into one column of JSON. */
export const namedColumnsMax = 500

const prefixes = {
  'tag.': { header: 'Tag', all: (item: Feedback) => item.tags },
  'trait.': { header: 'Trait', all: (item: Feedback) => item.person?.traits },
  'context.': { header: 'Context', all: (item: Feedback) => item.context },
  'question.': { header: 'Question', all: answersOf },
} as const

function answersOf(item: Feedback): Record<string, unknown> | undefined {
  return item.survey && Object.fromEntries(item.survey.answers.map(({ question, value }) => [question, value]))
}

/**
 * The columns of a table: every field, and every name that the project's catalogue has ever seen. A project's own names
 * carry a prefix, so they cannot collide with a field's.
 */
export function columnsOf(catalogue: readonly KnownName[], timeZone: string | null): Column[] {
  const named = catalogue.filter(({ name }) => prefixOf(name) !== null).map(({ name }) => name)
  const own = named.slice(0, namedColumnsMax).map(namedColumn)
  const rest = named.slice(namedColumnsMax)
  const columns = [...fieldColumns, ...own]
  if (timeZone !== null) columns.splice(3, 0, localTimeColumn(timeZone))
  if (rest.length > 0) columns.push(restColumn(rest))
  return columns
}

function prefixOf(name: string): keyof typeof prefixes | null {
  return (Object.keys(prefixes) as (keyof typeof prefixes)[]).find((prefix) => name.startsWith(prefix)) ?? null
}

/** Reads the value of one name; what can be settled once is settled before the first row. */
function reader(name: string): (item: Feedback) => unknown {
  const prefix = prefixOf(name)
  if (prefix === null) return () => undefined
  const { all } = prefixes[prefix]
  const key = name.slice(prefix.length)
  return (item) => {
    const values: Record<string, unknown> | undefined = all(item)
    return values !== undefined && Object.hasOwn(values, key) ? values[key] : undefined
  }
}

function namedColumn(name: string): Column {
  const prefix = prefixOf(name)
  const key = prefix === null ? name : name.slice(prefix.length)
  const read = reader(name)
  return {
    key: name,
    header: `${prefix === null ? '' : prefixes[prefix].header}: ${key}`,
    cell: (item) => plain(read(item)),
  }
}

function plain(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return asJson(value)
}

function restColumn(names: readonly string[]): Column {
  const readers = names.map((name) => [name, reader(name)] as const)
  return {
    key: 'more',
    header: `More names (JSON, ${names.length} beyond ${namedColumnsMax})`,
    cell: (item) => {
      const values = readers
        .map(([name, read]) => [name, read(item)] as const)
        .filter(([, value]) => value !== undefined)
      return values.length === 0 ? undefined : JSON.stringify(Object.fromEntries(values))
    },
  }
}

/** The same time in a zone, in the form that spreadsheets read as a date. */
function localTimeColumn(timeZone: string): Column {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return { key: 'localTime', header: `Said at (${timeZone})`, cell: (item) => format.format(new Date(item.createdAt)) }
}

/** Picks and orders columns by their keys; answers with the first unknown key instead where there is one. */
export function pickColumns(columns: readonly Column[], keys: readonly string[]): Column[] | { unknown: string } {
  const picked: Column[] = []
  for (const key of keys) {
    const column = columns.find((candidate) => candidate.key === key)
    if (column === undefined) return { unknown: key }
    picked.push(column)
  }
  return picked
}
