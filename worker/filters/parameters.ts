import { filterNames } from '../../sdk/wire/index.ts'

const descriptions: Record<string, string> = {
  q: 'Full text; ranked by bm25 unless `sort` is given.',
  label: 'A label, or `none`.',
  assignee: 'Who has it, or `none`.',
  environment: '`production` unless told.',
  path: 'The path of the page.',
  from: 'Said at or after: an instant, or a date in `tz`.',
  to: 'Said before the end of: an instant, or a date in `tz`.',
  since: 'Received at or after, and said at most 14 days before that: an instant, or a date in `tz`.',
  plan: 'The plan of the account, as it was said with the item.',
  tz: 'IANA time zone; `UTC` unless told.',
  has: '`screenshot`, `email` or `reply`.',
  spam: '`without` unless told, `with` or `only`.',
  merged: '`with` unless told, or `without`.',
  sort: '`newest`, `oldest` or `relevance`.',
}

/** A query parameter of the OpenAPI document. */
export const queryParameter = (name: string, description: string, type: 'string' | 'integer' = 'string') =>
  ({ name, in: 'query', required: false, description, schema: { type } }) as const

/** The filters, as they stand in the OpenAPI document of every route that takes them. */
export const filterParameters = [
  queryParameter('project', 'Needed only by a member of several projects.'),
  ...filterNames.map((name) =>
    queryParameter(name, descriptions[name] ?? `Filter by ${name}; given twice means either.`),
  ),
  {
    name: 'named',
    in: 'query',
    required: false,
    description: '`tag.NAME=value`, `trait.NAME=value`; `not.NAME=value` excludes.',
    style: 'form',
    explode: true,
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
] as const
