/** What stands where something was blacked out. */
export const block = '█'

/**
 * A text as it is compared: its characters without case, each run of white space as one blank, and where each of them
 * stands.
 */
interface Units {
  units: string[]
  starts: number[]
  ends: number[]
}

const isSpace = (character: string): boolean => /\s/.test(character)
const isSingle = (text: string): boolean => text.length === 1 || Array.from(text).length === 1

/** Simple case folding, as regular expressions compare with `iu`; only the dotless i is nobody's small letter. */
function fold(character: string): string {
  if (character === 'ı') return character
  const upper = character.toUpperCase()
  const base = isSingle(upper) ? upper : character
  const lower = base.toLowerCase()
  return isSingle(lower) ? lower : base
}

function unitsOf(text: string): Units {
  const found: Units = { units: [], starts: [], ends: [] }
  let at = 0
  for (const character of text) {
    const unit = isSpace(character) ? ' ' : fold(character)
    const end = at + character.length
    if (unit === ' ' && found.units.at(-1) === ' ') found.ends[found.ends.length - 1] = end
    else {
      found.units.push(unit)
      found.starts.push(at)
      found.ends.push(end)
    }
    at = end
  }
  return found
}

/** A text to look for, and of each beginning of it how much stands at its own end too. */
interface Needle {
  units: string[]
  borders: number[]
}

/** The same text composed and decomposed, each once. */
function needlesOf(text: string): Needle[] {
  const forms = [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])]
  return forms.map((form) => {
    const { units } = unitsOf(form.trim())
    const borders = [0]
    for (let at = 1, border = 0; at < units.length; at++) {
      while (border > 0 && units[at] !== units[border]) border = borders[border - 1] ?? 0
      if (units[at] === units[border]) border++
      borders.push(border)
    }
    return { units, borders }
  })
}

/** Blacks out texts; the same text again where none of them stands in it. */
export type Mask = (text: string) => string

/**
 * Makes a mask: every place that any of the texts covers becomes blocks, one for each character. Each text is looked for
 * in what was said, in any case, composed or not, across any run of white space, and not in what another text left of it, so
 * that texts may overlap each other and themselves.
 *
 * @example maskOf(['Ada', 'ada love'])('I am Ada Lovelace') // 'I am ████████lace'
 */
export function maskOf(texts: readonly string[]): Mask {
  const needles = texts.filter((text) => text.trim() !== '').flatMap(needlesOf)
  return (text) => {
    const said = unitsOf(text)
    const ranges = needles.flatMap((needle) => rangesOf(said, needle))
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

/**
 * What a text covers, as ranges that touch no other. Each character is looked at twice at most, however often the text begins
 * anew within itself: Knuth, Morris and Pratt, https://doi.org/10.1137/0206024
 */
function rangesOf({ units, starts, ends }: Units, { units: wanted, borders }: Needle): [from: number, to: number][] {
  const ranges: [number, number][] = []
  let fits = 0
  for (let at = 0; at < units.length; at++) {
    while (fits > 0 && units[at] !== wanted[fits]) fits = borders[fits - 1] ?? 0
    if (units[at] === wanted[fits]) fits++
    if (fits < wanted.length) continue
    const [from, to] = [starts[at - fits + 1] ?? 0, ends[at] ?? 0]
    const last = ranges.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = to
    else ranges.push([from, to])
    fits = borders[fits - 1] ?? 0
  }
  return ranges
}
