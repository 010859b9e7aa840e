/** Characters that a cell holds at most, in UTF-16 code units; Excel refuses files with more. */
export const cellMax = 32_767

/** What XML 1.0 cannot hold, the CR that it would turn into LF, and what would be read as such an escape. */
const unsafe =
  /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g
const mayBeUnsafe = /[\u0000-\u0008\u000B-\u001F\uD800-\uDFFF\uFFFE\uFFFF]|_x/
const markup = /[&<>]/g
const mayBeMarkup = /[&<>]/
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * A text as the content of an XML element of a sheet. What XML cannot hold is written as `_xHHHH_`, by its UTF-16 code
 * unit, and a text that looks like that has its first underscore written so: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
 *
 * @example sheetText('a\u0000b _x0041_') // 'a_x0000_b _x005F_x0041_'
 */
export function sheetText(text: string): string {
  const safe = mayBeUnsafe.test(text)
    ? text.replace(unsafe, (found) => (found.length === 2 ? found : escaped(found)))
    : text
  return mayBeMarkup.test(safe) ? safe.replace(markup, (found) => entities[found] ?? found) : safe
}

const escaped = (unit: string): string => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** Cuts a text that is too long for a cell, never inside a character, and says so at its end. */
export function cutToCell(text: string): string {
  if (text.length <= cellMax) return text
  const mark = ` … [cut here: ${text.length} characters; CSV, NDJSON and JSON hold them all]`
  let end = cellMax - mark.length
  const last = text.charCodeAt(end - 1)
  if (last >= 0xd800 && last <= 0xdbff) end--
  return text.slice(0, end) + mark
}

/**
 * The name of a column.
 *
 * @example columnName(27) // 'AB'
 */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (index % 26))
}
