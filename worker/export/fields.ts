import type { Feedback, TeamNote } from '../../sdk/wire/index.ts'
import { asJson, type Column, listed } from './column.ts'
import { clockText, wallClock } from './zone.ts'

type Field = Omit<Column, 'group'>
const narrow = 12
const wide = 24
const words = 60

const time = (key: string, header: string, read: (item: Feedback) => string): Field => ({
  key,
  header: `${header} (UTC)`,
  cell: read,
  clock: (item) => Date.parse(read(item)),
  width: 20,
})

const noteInWords = ({ text, author, createdAt }: TeamNote): string => `${createdAt} ${author}: ${text}`

const json = (key: string, header: string, read: (item: Feedback) => unknown): Field => ({
  key,
  header: `${header} (JSON)`,
  cell: (item) => asJson(read(item)),
  width: wide,
})

const links = ({ attachments = [] }: Feedback): string | undefined =>
  attachments.flatMap(({ url }) => url ?? []).join('\n') || undefined

const whySpam = ({ screened }: Feedback): string | undefined =>
  screened?.reasons.map(({ code, detail }) => `${code}: ${detail}`).join('\n')

/** The fields that every item can have, in the order in which a table gives them. All of an item stands in one of them
 * or in a column of its own names. */
const fields: readonly Field[] = [
  { key: 'id', header: 'ID', cell: (item) => item.id, width: 38 },
  { key: 'reference', header: 'Reference', cell: (item) => item.reference, width: narrow },
  time('createdAt', 'Said at', (item) => item.createdAt),
  { key: 'kind', header: 'Kind', cell: (item) => item.kind, width: narrow },
  { key: 'message', header: 'Message', cell: (item) => item.message, width: words },
  { key: 'scale', header: 'Rating scale', cell: (item) => item.rating?.scale, width: narrow },
  { key: 'rating', header: 'Rating', cell: (item) => item.rating?.value, width: 8 },
  { key: 'status', header: 'Status', cell: (item) => item.status, width: narrow },
  { key: 'labels', header: 'Labels', cell: (item) => listed(item.labels), width: wide },
  { key: 'assignee', header: 'Assignee', cell: (item) => item.assignee, width: wide },
  { key: 'environment', header: 'Environment', cell: (item) => item.environment, width: narrow },
  { key: 'source', header: 'Source', cell: (item) => item.source, width: narrow },
  { key: 'release', header: 'Release', cell: (item) => item.release, width: narrow },
  { key: 'person', header: 'Person ID', cell: (item) => item.person?.id },
  { key: 'personUuid', header: 'Person UUID', cell: (item) => item.person?.uuid },
  { key: 'name', header: 'Person name', cell: (item) => item.person?.name, width: wide },
  { key: 'personEmail', header: 'Person e-mail', cell: (item) => item.person?.email, width: wide },
  { key: 'verified', header: 'Person verified', cell: (item) => item.person?.verified },
  { key: 'anonymousId', header: 'Anonymous ID', cell: (item) => item.person?.anonymousId },
  { key: 'account', header: 'Account ID', cell: (item) => item.person?.account?.id },
  { key: 'accountName', header: 'Account name', cell: (item) => item.person?.account?.name, width: wide },
  { key: 'accountPlan', header: 'Account plan', cell: (item) => item.person?.account?.plan, width: narrow },
  { key: 'accountRevenue', header: 'Account revenue', cell: (item) => item.person?.account?.revenue },
  json('accountTraits', 'Account traits', (item) => item.person?.account?.traits),
  { key: 'email', header: 'E-mail to answer', cell: (item) => item.email, width: wide },
  { key: 'mayContact', header: 'May contact', cell: (item) => item.mayContact, width: narrow },
  { key: 'mayContactVersion', header: 'May contact, wording', cell: (item) => item.mayContactVersion },
  { key: 'url', header: 'Page URL', cell: (item) => item.page?.url, width: 40 },
  { key: 'title', header: 'Page title', cell: (item) => item.page?.title, width: wide },
  { key: 'referrer', header: 'Referrer', cell: (item) => item.page?.referrer, width: wide },
  { key: 'locale', header: 'Locale', cell: (item) => item.page?.locale, width: narrow },
  { key: 'timeZone', header: 'Time zone', cell: (item) => item.page?.timeZone },
  { key: 'browser', header: 'Browser', cell: (item) => item.page?.device?.browser },
  { key: 'os', header: 'Operating system', cell: (item) => item.page?.device?.os },
  { key: 'device', header: 'Device', cell: (item) => item.page?.device?.form, width: narrow },
  { key: 'userAgent', header: 'User agent', cell: (item) => item.page?.device?.userAgent, width: wide },
  {
    key: 'viewport',
    header: 'Viewport',
    cell: ({ page }) => page?.viewport && `${page.viewport.width}x${page.viewport.height}`,
    width: narrow,
  },
  { key: 'viewportRatio', header: 'Viewport ratio', cell: (item) => item.page?.viewport?.ratio, width: narrow },
  { key: 'survey', header: 'Survey ID', cell: (item) => item.survey?.id },
  { key: 'surveyVersion', header: 'Survey version', cell: (item) => item.survey?.version, width: narrow },
  { key: 'screenshots', header: 'Screenshots (links, good for 7 days)', cell: links, width: wide },
  json('attachments', 'Attachments', (item) => item.attachments),
  json('crumbs', 'Crumbs', (item) => item.crumbs),
  {
    key: 'teamNotes',
    header: 'Team notes',
    cell: (item) => item.teamNotes?.map(noteInWords).join('\n') || undefined,
    width: words,
  },
  json('notes', 'Notes on receipt', (item) => item.notes),
  json('dropped', 'Dropped before', (item) => item.dropped),
  { key: 'sdk', header: 'SDK', cell: (item) => item.sdk },
  { key: 'externalId', header: 'External ID', cell: (item) => item.externalId },
  { key: 'revision', header: 'Revision', cell: (item) => item.revision, width: narrow },
  { key: 'spam', header: 'Spam', cell: (item) => item.spam === true, width: 8 },
  { key: 'spamReasons', header: 'Why it looks like spam', cell: whySpam, width: wide },
  { key: 'mergedInto', header: 'Merged into', cell: (item) => item.mergedInto, width: wide },
  { key: 'reducedAt', header: 'Reduced to its score at', cell: (item) => item.reducedAt, width: wide },
  time('receivedAt', 'Received at', (item) => item.receivedAt),
  time('updatedAt', 'Updated at', (item) => item.updatedAt),
  { key: 'change', header: 'Change', cell: (item) => item.change, width: narrow },
]

/** The key of the second column of each time. */
const localKeys: Record<string, string> = {
  createdAt: 'localTime',
  receivedAt: 'localReceivedAt',
  updatedAt: 'localUpdatedAt',
}

/** The columns of the fields; with a zone, each time once more in it, in the form that spreadsheets read as a date. */
export function fieldColumns(timeZone: string | null): Column[] {
  const zone = timeZone === null ? null : { name: timeZone, clock: wallClock(timeZone) }
  return fields.flatMap((field): Column[] => {
    const column: Column = { ...field, group: 'field' }
    const { key, clock } = column
    const local = localKeys[key]
    if (zone === null || clock === undefined || local === undefined) return [column]
    const shown = (item: Feedback) => zone.clock(clock(item))
    return [
      column,
      {
        ...column,
        key: local,
        header: column.header.replace('(UTC)', zone.name === 'UTC' ? '(UTC, as a date)' : `(${zone.name})`),
        cell: (item) => clockText(shown(item)),
        clock: shown,
      },
    ]
  })
}
