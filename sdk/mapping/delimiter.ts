/** What may stand between the cells of a table. */
export const delimiters = [',', ';', '\t', '|'] as const

/** The delimiter that the first line holds most of, outside quotes; a comma where there is none. */
export function findDelimiter(start: string): string {
  let quoted = false
  const counts = new Map<string, number>()
  for (const sign of start) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && sign === '\n') break
    else if (!quoted && (delimiters as readonly string[]).includes(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [',', 0])[0]
}
