const names = ['label', 'not.label']

/**
 * A view's query with another label in place of one; null where it does not filter by it.
 *
 * @example withLabel('status=new&label=ux', 'ux', 'usability') // 'status=new&label=usability'
 */
export function withLabel(query: string, from: string, to: string): string | null {
  const before = [...new URLSearchParams(query)]
  if (!before.some(([name, value]) => names.includes(name) && value === from)) return null
  const after = new URLSearchParams()
  for (const [name, value] of before) {
    const next = names.includes(name) && value === from ? to : value
    if (!after.has(name, next)) after.append(name, next)
  }
  return after.toString()
}
