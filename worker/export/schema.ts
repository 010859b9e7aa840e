import { createRoute, z } from '@hono/zod-openapi'
import { columnGroups, type ExportColumns, exportFormats, exportShapes } from '../../sdk/wire/index.ts'
import { jsonAnswer, needs, problemResponse } from '../answers/schema.ts'
import { assertType, type Equal } from '../equal.ts'
import { filterParameters, queryParameter } from '../filters/parameters.ts'
import { feedbackSchema } from '../inbox/schema.ts'

const text = { schema: z.string() }
const bytes = { schema: z.string().openapi({ format: 'binary' }) }

const columnsSchema = z
  .object({
    columns: z.array(
      z.object({ key: z.string(), header: z.string(), group: z.enum(columnGroups), isDefault: z.boolean() }),
    ),
  })
  .openapi('ExportColumns')
assertType<Equal<z.infer<typeof columnsSchema>, ExportColumns>>()

export const columnsRoute = createRoute({
  method: 'get',
  path: '/v1/export/columns',
  operationId: 'listExportColumns',
  summary: 'List the columns that an export can have',
  description:
    'Every field, every tag, trait and context object that was ever seen, every question that was ever asked. Keys stay the same for ever, and no name of a project can be mistaken for a field.',
  tags: ['Export'],
  ...needs('export'),
  request: {
    query: z.object({
      project: z.string().optional().openapi({ description: 'Needed only by a member of several projects.' }),
      shape: z.enum(exportShapes).optional().openapi({ description: '`wide` unless told.' }),
      tz: z.string().optional().openapi({ description: 'IANA time zone of the second column of each time.' }),
    }),
  },
  responses: { 200: jsonAnswer(columnsSchema, 'The columns, in the order of a table'), default: problemResponse },
})

const header = (description: string, example?: string) =>
  z.string().openapi({ description, ...(example === undefined ? {} : { example }) })

export const exportRoute = createRoute({
  method: 'get',
  path: '/v1/export',
  operationId: 'exportFeedback',
  summary: 'Export all that the filters select, streamed, never capped',
  description: `Takes the list's own filters. What is selected is fixed when it begins, and comes in the order in which it was said (items of one millisecond in a fixed order of their own). A failure breaks the stream and never ends it cleanly: a whole NDJSON ends with its end mark, a whole JSON parses, a whole XLSX opens.

**CSV** is RFC 4180 with CRLF, in UTF-8 with a byte order mark. A cell or header that begins with \`= + - @\`, tab, CR, LF, NUL or the full-width form of one of the first four gets an apostrophe before it, and so does one that begins with apostrophes before such a character; so taking one apostrophe away where one of these follows gives the text back. Numbers are never guarded. \`guard=off\` and \`bom=off\` are for machines; \`delimiter=semicolon\` is for Excel where decimals have a comma.

**XLSX** has only texts (\`true\` and \`false\` among them), numbers and dates, and never a formula. Characters that XML cannot hold are written as \`_xHHHH_\` (ECMA-376 ST_Xstring), texts over 32,767 characters are cut and say so, numbers of more than 15 digits are texts. Over 1,048,575 rows it goes on in a further sheet. The second sheet says what was asked, when, in which zone, how many rows there are, what is hidden, and that it is complete.

**In parts.** \`limit=\` ends an answer of CSV or NDJSON after so many items and gives \`Earshot-Next\`; with that as \`cursor=\`, and all else as before, the next part follows, to be put behind this one: a CSV goes on without its header, each part of an NDJSON has its own end mark. A part that broke is asked for again.

**How much.** A million items go through in one answer of any format. On Cloudflare a request has 1,000 database queries: one for 2,000 items, and at most one more for every 3 MB of their text; an answer that needs more breaks off. CSV and NDJSON in parts have no end: the console and \`npx earshot export\` put them together.`,
  tags: ['Export'],
  ...needs('export'),
  parameters: [
    { name: 'format', in: 'query', required: true, schema: { type: 'string', enum: [...exportFormats] } },
    ...filterParameters,
    queryParameter(
      'columns',
      'Keys of columns, joined by commas, in the order wanted; in quotes where a key has a comma (csv, xlsx). `GET /v1/export/columns` lists them.',
    ),
    queryParameter(
      'shape',
      '`wide`, one row an item and one column a question, unless told; or `long`, one row an answer (csv, xlsx).',
    ),
    queryParameter('guard', '`off` leaves cells that look like formulas as they are (csv).'),
    queryParameter('bom', '`off` leaves out the byte order mark (csv).'),
    queryParameter(
      'delimiter',
      'What stands between two cells: `comma` unless told, `semicolon`, or `tab` (csv). Excel goes by the computer’s own list separator, which is the semicolon where decimals have a comma.',
    ),
    queryParameter(
      'attachments',
      '`zip`: an archive with the table, its images, and a column that leads from a row to them (csv, xlsx). Refused where there are more than 800.',
    ),
    queryParameter('asOf', 'An instant; only what was received before it.'),
    queryParameter('limit', 'Ends after so many items, up to 30,000 (csv, ndjson).', 'integer'),
    queryParameter('cursor', '`Earshot-Next` of the part before (csv, ndjson).'),
  ],
  responses: {
    200: {
      description: 'The items, oldest first. Links to images are good for seven days.',
      headers: z.object({
        'Earshot-Rows': header('How many rows follow in this answer.'),
        'Earshot-As-Of': header('When what is selected was fixed.'),
        'Earshot-Hidden': header(
          'How many more items `spam` and `merged` hide, counted up to 10,001 each.',
          'spam=3, merged=0',
        ),
        'Earshot-Total': header('How many rows all parts have together; on the first of several.').optional(),
        'Earshot-Next': header('The cursor of the next part, where there is one.').optional(),
        'Earshot-Relaxed': header('`true` when too few items held all the words.').optional(),
      }),
      content: {
        'text/csv': text,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': bytes,
        'application/x-ndjson': text,
        'application/json': { schema: z.array(feedbackSchema) },
        'application/zip': bytes,
      },
    },
    default: problemResponse,
  },
})
