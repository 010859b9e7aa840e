/** Lines of cells as a table for people: each column as wide as its widest cell. */
export function inColumns(lines: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const cells of lines)
    for (const [column, cell] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  const padded = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  return padded.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('')
}

/** The day of an instant. */
export const dayOf = (iso: string): string => iso.slice(0, 10)
