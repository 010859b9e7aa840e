/** One record of a table, and the line it begins on. */
export interface CsvRow {
  line: number
  cells: string[]
}

/** Why a text stops being CSV, and where. */
export interface CsvFault {
  line: number
  reason: string
}

/**
 * Reads a table (RFC 4180, any delimiter, any line ends, also mixed) out of a text that is there as a whole, record by
 * record. Line breaks within quotes belong to the text; an empty line is no row. Returns what makes the rest unreadable.
 */
export function* readRows(text: string, delimiter: string): Generator<CsvRow, CsvFault | null> {
  let at = 0
  let line = 1
  while (at < text.length) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter)
      if ('reason' in cell) return { line: row.line, reason: cell.reason }
      line += cell.lines
      row.cells.push(cell.value)
      at = cell.end
      if (text[at] !== delimiter) break
      at++
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
      return {
        line: row.line,
        reason: 'something follows a closing quote. Double a quote that belongs to the text ("").',
      }
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    if (row.cells.length > 1 || row.cells[0] !== '') yield row
    line++
  }
  return null
}

interface Cell {
  value: string
  /** Behind it. */
  end: number
  /** Line breaks within. */
  lines: number
}

function readPlain(text: string, start: number, delimiter: string): Cell {
  let end = start
  while (end < text.length) {
    const sign = text[end]
    if (sign === delimiter || sign === '\n' || sign === '\r') break
    end++
  }
  return { value: text.slice(start, end), end, lines: 0 }
}

function readQuoted(text: string, start: number): Cell | { reason: string } {
  let value = ''
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { reason: 'a quote opens there and is never closed.' }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      return { value, end: quote + 1, lines: value.match(/\r\n|\r|\n/g)?.length ?? 0 }
    }
    value += '"'
    from = quote + 2
  }
}

/** A record as it is written, line end included; exactly the cells that were read. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
