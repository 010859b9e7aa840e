/** What somebody else wrote, for a terminal: without the characters that move its cursor, or change what stands there. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')

/** Lines of cells as a table for people: each column as wide as its widest cell. */
export function inColumns(given: readonly (readonly string[])[]): string {
  const lines = given.map((cells) => cells.map(printable))
  const widths: number[] = []
  for (const cells of lines)
    for (const [column, cell] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  const padded = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  return padded.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('')
}

/** The day of an instant. */
export const dayOf = (iso: string): string => iso.slice(0, 10)
