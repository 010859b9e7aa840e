/** What stands where something was blacked out. */
export const block = '█'

const special = /[.*+?^${}()|[\]\\/]/g

/** A text as an expression: in any case, composed or not, across any run of white space. */
function patternOf(text: string): RegExp {
  const forms = [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])]
  const escaped = forms.map((form) =>
    form
      .trim()
      .replaceAll(special, String.raw`\$&`)
      .replaceAll(/\s+/g, String.raw`\s+`),
  )
  return new RegExp(`(?:${escaped.join('|')})`, 'giu')
}

/** Blacks out texts; the same text again where none of them stands in it. */
export type Mask = (text: string) => string

/**
 * Makes a mask: every place that any of the texts covers becomes blocks, one for each character. Each text is looked for
 * in what was said, not in what another text left of it, so that texts may overlap.
 *
 * @example maskOf(['Ada', 'ada love'])('I am Ada Lovelace') // 'I am ████████lace'
 */
export function maskOf(texts: readonly string[]): Mask {
  const patterns = texts.filter((text) => text.trim() !== '').map(patternOf)
  return (text) => {
    const ranges = patterns.flatMap((pattern) => rangesOf(text, pattern))
    if (ranges.length === 0) return text
    let masked = ''
    let end = 0
    for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
      if (to <= end) continue
      const begin = Math.max(from, end)
      masked += text.slice(end, begin) + block.repeat(Array.from(text.slice(begin, to)).length)
      end = to
    }
    return masked + text.slice(end)
  }
}

/** Where a pattern stands, places that overlap each other included. */
function rangesOf(text: string, pattern: RegExp): [from: number, to: number][] {
  const ranges: [number, number][] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    ranges.push([match.index, match.index + match[0].length])
    pattern.lastIndex = match.index + ((text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1)
  }
  return ranges
}
