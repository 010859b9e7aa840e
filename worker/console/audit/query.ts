/** What the log is narrowed to, as the address bar and the collector have it. Pure. */

/** The one value of a parameter; `null` where there is none, several as one text nobody can choose. */
export function valueOf(query: string, name: string): string {
  return new URLSearchParams(query).getAll(name).join(' ')
}

/** The same query with another value; an empty one takes the parameter away. A zone stands where a day does. */
export function withValue(query: string, name: string, value: string, timeZone: string): string {
  const next = new URLSearchParams(query)
  if (value === '') next.delete(name)
  else next.set(name, value)
  next.delete('tz')
  if (next.has('from') || next.has('to')) next.set('tz', timeZone)
  return next.toString()
}
