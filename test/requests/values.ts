import * as fc from 'fast-check'
import type { Schema } from './document.ts'

/** Text that programs trip over: lone surrogates, controls, right-to-left marks, markup, paths, very long lines. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\uD800',
    '\uDFFF\uD800',
    '\u202E\u200F',
    '__proto__',
    'constructor',
    "'; DROP TABLE item; --",
    '%',
    '*',
    '"',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    'ß'.repeat(300),
    'x'.repeat(5_000),
    '٣',
    '1e400',
    '-0',
    'NaN',
  ),
)

const oddNumber = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-1, -0, 0, 1, 0.5, 1e21, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, Number.MAX_VALUE, Number.MIN_VALUE),
)

/** Any JSON at all. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.boolean(),
  fc.constant(null),
  fc.array(oddText, { maxLength: 3 }),
  fc.dictionary(oddText, oddText, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
)

type Find = (ref: string) => Schema

const known: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  // A name that is reserved: what is made up here must not call on anybody. https://www.rfc-editor.org/rfc/rfc2606
  uri: fc.webPath().map((path) => `https://site.example${path}`),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
}

/** Values that a schema admits, as far as it says; a few that it does not, where `broken` is over 0. */
export function valuesOf(schema: Schema, find: Find, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valuesOf(find(schema.$ref), find, depth)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => valuesOf(one, find, depth)))
  if (schema.allOf !== undefined) {
    return fc
      .tuple(...schema.allOf.map((one) => valuesOf(one, find, depth)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as object)
  }
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, find, depth)))
}

function ofType(type: string, schema: Schema, find: Find, depth: number): fc.Arbitrary<unknown> {
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer(boundsOf(schema))
  if (type === 'number') return fc.double({ ...boundsOf(schema), noNaN: true, noDefaultInfinity: true })
  if (type === 'string') return textOf(schema)
  if (type === 'array') {
    const most = Math.min(schema.maxItems ?? 3, 3)
    return fc.array(valuesOf(schema.items ?? {}, find, depth + 1), {
      minLength: Math.min(schema.minItems ?? 0, most),
      maxLength: most,
    })
  }
  return objectOf(schema, find, depth)
}

const boundsOf = ({ minimum = -1_000, maximum = 1_000_000 }: Schema) => ({
  min: Math.max(minimum, -2_147_483_648),
  max: Math.max(Math.min(maximum, 2_147_483_647), minimum),
})

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const formatted = format === undefined ? undefined : known[format]
  if (formatted !== undefined) return formatted
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: '-1' })
  return fc.string({ unit: 'grapheme', minLength: Math.min(minLength, 200), maxLength: Math.min(maxLength, 200) })
}

function objectOf(schema: Schema, find: Find, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const deep = depth > 4
  const names = Object.keys(properties).filter((name) => !deep || required.includes(name))
  const parts = Object.fromEntries(names.map((name) => [name, valuesOf(properties[name] ?? {}, find, depth + 1)]))
  const record = fc.record(parts, { requiredKeys: required.filter((name) => name in parts) })
  if (typeof additionalProperties !== 'object' || deep) return record
  const more = fc.dictionary(textOf(schema.propertyNames ?? {}), valuesOf(additionalProperties, find, depth + 1), {
    maxKeys: 3,
    noNullPrototype: true,
  })
  return fc.tuple(record, more).map(([known, other]) => ({ ...other, ...known }))
}

/** A value with something broken in it somewhere: another type, a field more or less, a thing too many. */
export function broken(value: unknown, path: readonly number[], other: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return other
  if (Array.isArray(value)) {
    if (value.length === 0) return [other]
    const at = step % value.length
    return value.map((one: unknown, i) => (i === at ? broken(one, rest, other) : one))
  }
  const names = Object.keys(value)
  const at = step % (names.length + 2)
  if (at === names.length) return { ...value, __extra: other }
  if (at === names.length + 1) return Object.fromEntries(Object.entries(value).slice(1))
  return Object.fromEntries(Object.entries(value).map(([k, one], i) => [k, i === at ? broken(one, rest, other) : one]))
}

export { oddText }
