import type { BuiltInKind, FilterName, RatingScale, singleFilters } from '../wire/index.ts'
import { done, failed } from './problem.ts'
import type { Result } from './problem.ts'

type SingleName = (typeof singleFilters)[number]
type RepeatedName = Exclude<FilterName, SingleName>
type Value = string | number | boolean
/** Completes the words that are known and takes others. */
type Known<T extends string> = T | (string & {})

interface Narrower {
  kind: Known<BuiltInKind>
  assignee: Known<'none'>
  label: Known<'none'>
  verified: boolean
  scale: RatingScale
  has: 'screenshot' | 'email' | 'reply'
}
interface SingleValues {
  q: string
  min: number
  max: number
  /** An instant, or a date (`2026-11-22`) in `tz`. */
  from: string | Date
  to: string | Date
  /** Received at or after: an instant, or a date in `tz`. */
  since: string | Date
  tz: string
  spam: 'without' | 'with' | 'only'
  merged: 'with' | 'without'
  sort: 'newest' | 'oldest' | 'relevance'
}
type ValueOf<Name> = Name extends keyof Narrower ? Narrower[Name] : Value
type Several<T> = T | readonly T[]

/**
 * What is selected, by the filters that the console's address bar has. Several values of one filter mean either, several
 * filters mean both, `not.` excludes; a filter that is undefined is left out, and one that does not exist does not compile.
 *
 * @example
 * { status: ['new', 'open'], 'tag.plan': 'pro', 'not.kind': 'praise', from: '2026-01-01', tz: 'Europe/Berlin' }
 */
export type Filters = { [Name in RepeatedName]?: Several<ValueOf<Name>> } & {
  [Name in SingleName]?: SingleValues[Name]
} & { [Name in Exclude<RepeatedName, 'environment'> as `not.${Name}`]?: Several<ValueOf<Name>> } & {
  [Name in `${'' | 'not.'}${'tag' | 'trait'}.${string}`]?: Several<Value>
}

/** Parts of a query string, as callers may give them. */
export type Query = Record<string, Several<Value | Date> | undefined>

/** A query string of filters and other parameters. What cannot be meant is refused, because a filter is never ignored. */
export function toQuery(parts: Query): Result<URLSearchParams> {
  const query = new URLSearchParams()
  for (const [name, given] of Object.entries(parts)) {
    if (given === undefined) continue
    const values = Array.isArray(given) ? (given as readonly (Value | Date)[]) : [given as Value | Date]
    if (values.length === 0) return bad(name, 'is an empty list, which nothing fits. Leave it out to take all')
    for (const value of values) {
      const text = textOf(value)
      if (text === null) return bad(name, 'is neither text, a number, true or false, nor a date that can be')
      query.append(name, text)
    }
  }
  return done(query)
}

function textOf(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value === 'number') return Number.isNaN(value) ? null : String(value)
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null
}

function bad(path: string, reason: string) {
  return failed('bad-filter', `The filter '${path}' ${reason}.`, { issues: [{ path, reason }] })
}
