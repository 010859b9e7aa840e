import * as fc from 'fast-check'
import type { Answered, Contract, Operation, Schema } from './document.ts'
import type { Filled } from './recipes.ts'
import { anything, broken, oddText, valuesOf } from './values.ts'

/** A request made up from the document, good or broken. */
export interface MadeUp {
  operation: Operation
  path: string
  query: [string, string][]
  headers: Record<string, string>
  body: string | undefined
  who: 'key' | 'member' | 'reader' | 'publishable' | 'nobody'
}

/** What requests are made up around: things that stand there, and for each operation a request that means something. */
export interface Standing {
  /** By the room, or room and parameter, of a path. */
  ids: Record<string, readonly string[]>
  /** By the id of an operation. */
  examples: ReadonlyMap<string, Filled>
}

const types = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'image/png',
  '',
  ';',
]

const oddHeader = fc.constantFrom<[string, string]>(
  ['if-match', '"1"'],
  ['if-match', 'W/"x", *'],
  ['if-none-match', '*'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'identity'],
  ['x-http-method-override', 'DELETE'],
  ['range', 'bytes=0-1'],
  ['accept', 'text/html'],
  ['accept-language', 'x'.repeat(2_000)],
  ['origin', 'null'],
  ['origin', 'https://evil.example'],
  ['sec-fetch-site', 'cross-site'],
  ['cookie', 'earshot_session=%00; __proto__=1; =; a=b'],
  ['cf-connecting-ip', '::1, x'],
  ['x-forwarded-host', 'evil.example'],
  ['user-agent', 'Mozilla/5.0 (\u00e9)'],
)

const contentOf = ({ requestBody }: Operation) => Object.entries(requestBody?.content ?? {})

/** How bad a part of a request is: mostly good, so that the insides are reached. */
const isOdd = fc.integer({ min: 0, max: 9 }).map((n) => n === 0)

/** What a segment of a path, or a value in a query, may be in an address: lone surrogates cannot be encoded. */
const inAddress = oddText.map((text) => text.toWellFormed())

function pathOf(
  { path, parameters }: Operation,
  ids: Standing['ids'],
  example: Filled | undefined,
): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const room = path.split('/')[2] ?? ''
  const of = (name: string) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...(ids[`${room}.${name}`] ?? ids[room] ?? ['none'])) },
      { weight: 2, arbitrary: fc.uuid() },
      {
        weight: 1,
        arbitrary: valuesOf(parameters.find((one) => one.name === name)?.schema ?? {}, () => ({})).map(String),
      },
      { weight: 2, arbitrary: inAddress },
    )
  const meant = names.map((name) => example?.params?.[name])
  const all = fc.tuple(...names.map(of))
  const usual = meant.every((one) => one !== undefined) ? fc.oneof(all, fc.constant(meant)) : all
  return usual.map((values) => {
    const filled = values.map((value) => encodeURIComponent(value.toWellFormed()) || '%20')
    return path.replaceAll(/\{\w+\}/g, () => filled.shift() ?? '')
  })
}

/** The filters' own words, so that a query is more often one that means something. */
const words = fc.constantFrom(
  'new',
  'open',
  'none',
  'bug',
  'idea',
  'nps',
  'csat',
  'stars',
  '1',
  '7',
  '10',
  '50',
  'production',
  'true',
  'with',
  'only',
  'newest',
  'oldest',
  'relevance',
  'without',
  '2026-11-22',
  '2026-11-22T09:30:00Z',
  '+275760-09-13T00:00:00Z',
  '0000-01-01',
  '9999-12-31',
  'Europe/Berlin',
  'Pacific/Apia',
  'screenshot',
  'day',
  'week',
  'month',
  'kind',
  'path',
  'tag.plan',
  'csv',
  'xlsx',
  'ndjson',
  'json',
  'wide',
  'long',
  'late OR "fee',
  '-x',
  '日本',
  'dDE',
  'dDk5OTk5OTk5OTk5OTk5OTk',
  'r999999999',
)

function queryOf(
  { parameters }: Operation,
  find: (ref: string) => Schema,
  example: Filled | undefined,
): fc.Arbitrary<[string, string][]> {
  const known = parameters.filter((one) => one.in === 'query' && one.schema.type !== 'object' && one.name !== 'project')
  const pair = ({ name, schema }: Operation['parameters'][number]) =>
    fc
      .oneof(
        valuesOf(schema, find).map((value) => String(value).toWellFormed()),
        words,
        inAddress,
      )
      .map((value): [string, string] => [name, value])
  const needed = known.filter((one) => one.required === true)
  const other = known.filter((one) => one.required !== true)
  const optional = other.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...other.map(pair)), { maxLength: 3 })
  const strange = fc.array(fc.tuple(inAddress, inAddress), { minLength: 1, maxLength: 2 })
  const meant = Object.entries(example?.query ?? {})
  const first =
    meant.length > 0 ? fc.oneof(fc.tuple(...needed.map(pair)), fc.constant(meant)) : fc.tuple(...needed.map(pair))
  return fc
    .tuple(first, optional, isOdd, strange, isOdd)
    .map(([first, more, isStrange, odd, isMissing]) => [
      ...(isMissing ? [] : first),
      ...more,
      ...(isStrange ? odd : []),
    ])
}

function bodyOf(
  operation: Operation,
  contract: Contract,
  example: Filled | undefined,
): fc.Arbitrary<{ type: string; body: string | undefined }> {
  const content = contentOf(operation)
  if (content.length === 0) {
    return isOdd.map((odd) => (odd ? { type: 'application/json', body: '{}' } : { type: '', body: undefined }))
  }
  const schemas = content.map(([type, { schema }]) =>
    valuesOf(schema, contract.schemaOf).map((value) => ({ type, value })),
  )
  const meant = { type: example?.type ?? 'application/json', value: example?.body as unknown }
  const good = meant.value === undefined ? fc.oneof(...schemas) : fc.oneof(...schemas, fc.constant(meant))
  const damage = fc.record({
    isBroken: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
    where: fc.array(fc.nat(20), { maxLength: 5 }),
    other: anything,
    isOther: isOdd,
    otherType: fc.constantFrom(...types),
    isCut: isOdd,
    raw: oddText,
    isRaw: isOdd,
  })
  return fc.tuple(good, damage).map(([{ type, value }, how]) => {
    const whole = how.isBroken ? broken(value, how.where, how.other) : value
    const text = typeof whole === 'string' && type !== 'application/json' ? whole : (JSON.stringify(whole) ?? '')
    const said = how.isRaw ? how.raw : how.isCut ? text.slice(0, text.length / 2) : text
    return { type: how.isOther ? how.otherType : type, body: said }
  })
}

/** Mostly those who may, so that the insides are reached. */
function whoAsks({ scope, tags }: Operation): fc.Arbitrary<MadeUp['who']> {
  const some = fc.constantFrom<MadeUp['who']>('reader', 'publishable', 'nobody')
  const may: MadeUp['who'][] = scope === 'session' ? ['member'] : scope === undefined ? [] : ['key', 'member']
  if (tags?.includes('Public') === true) may.push('publishable', 'publishable', 'publishable')
  const meant = may.length > 0 ? may : (['nobody'] as const)
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom<MadeUp['who']>(...meant) }, { weight: 1, arbitrary: some })
}

/** Requests for every operation of the document, each as often as the others. */
export function madeUp(contract: Contract, standing: Standing, operations: readonly Operation[]): fc.Arbitrary<MadeUp> {
  return fc.oneof(
    ...operations.map((operation) =>
      fc
        .tuple(
          pathOf(operation, standing.ids, standing.examples.get(operation.id)),
          queryOf(operation, contract.schemaOf, standing.examples.get(operation.id)),
          bodyOf(operation, contract, standing.examples.get(operation.id)),
          isOdd,
          oddHeader,
          whoAsks(operation),
        )
        .map(([path, query, { type, body }, isStrange, strange, asking]): MadeUp => ({
          operation,
          path,
          query,
          headers: {
            ...(type === '' ? {} : { 'content-type': type }),
            ...(isStrange ? { [strange[0]]: strange[1] } : {}),
          },
          body: operation.method === 'GET' ? undefined : body,
          who: asking,
        })),
    ),
  )
}

/** How each of those who ask says who they are; of the publishable key, the key itself. */
export type Askers = Record<MadeUp['who'], { headers: Record<string, string>; query?: Record<string, string> }>

/** Sends a made-up request, and reads what comes back whole. */
export async function send(origin: string, askers: Askers, request: MadeUp): Promise<Answered> {
  const { operation, path, query, headers, body, who } = request
  const isPublic = operation.tags?.includes('Public') === true && who === 'publishable'
  const asker = askers[who]
  const search = new URLSearchParams(query)
  for (const [name, value] of Object.entries(asker.query ?? {})) if (isPublic || name !== 'key') search.set(name, value)
  const response = await fetch(`${origin}${path}${search.size > 0 ? `?${search}` : ''}`, {
    method: operation.method,
    redirect: 'manual',
    headers: { ...headers, ...(isPublic ? {} : asker.headers) },
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.text() }
}
