import { draftRow, type Drafted, type Mapping } from '../../../sdk/mapping/row.ts'
import { limits } from '../../../sdk/wire/limits.ts'
import { plural } from '../controls/total.ts'
import { breathe, type Table } from './table.ts'

/** How many rows will not be stored as they stand, as far as a row alone tells. */
export interface Checked {
  refused: number
  /** Of these, have a date that is day and month, or month and day. */
  undecided: number
  /** Have a score that is not on the scale, and are stored without one. */
  unscored: number
  /** Have more tags or longer ones than an item holds. */
  cut: number
}

const rowsAStep = 2_000

/** Looks through all rows; null when it is not wanted any more. */
export async function check(
  { rows, headers }: Pick<Table, 'rows' | 'headers'>,
  by: Mapping,
  isWanted: () => boolean,
): Promise<Checked | null> {
  const found: Checked = { refused: 0, undecided: 0, unscored: 0, cut: 0 }
  for (const [i, { cells }] of rows.entries()) {
    if (i % rowsAStep === 0) await breathe()
    if (!isWanted()) return null
    const drafted = cells.length === headers.length ? draftRow(cells, by) : null
    if (drafted === null || 'reason' in drafted) {
      found.refused++
      if (drafted?.hint === 'order') found.undecided++
      continue
    }
    if (isUnscored(cells, drafted, by)) found.unscored++
    if (isCut(drafted)) found.cut++
  }
  return found
}

type Taken = Exclude<Drafted, { reason: string }>

const isUnscored = (cells: readonly string[], { missing }: Taken, { assignments }: Mapping): boolean =>
  missing.includes('rating') &&
  assignments.some(
    ({ target, from }) => target.to === 'rating' && 'column' in from && (cells[from.column] ?? '').trim() !== '',
  )

function isCut({ draft: { tags = {}, person } }: Taken): boolean {
  return [tags, person?.traits ?? {}].some(
    (flat) =>
      Object.keys(flat).length > limits.tagsMax ||
      Object.values(flat).some((value) => String(value).length > limits.valueMaxChars),
  )
}

/** What came of it, in sentences. `found` is null while rows are looked through. */
export function checkedInWords(rows: number, found: Checked | null): string {
  if (found === null) return `Looking through ${plural(rows, 'row')}…`
  const { refused, undecided, unscored, cut } = found
  if (undecided > 0) {
    const have = undecided === 1 ? 'has' : 'have'
    return `${plural(undecided, 'row')} ${have} a date that can be read in two ways. Choose beside its column what comes first, the day or the month.`
  }
  const sentences = [
    refused === 0
      ? rows === 1
        ? 'The row can be taken.'
        : `All ${plural(rows, 'row')} can be taken.`
      : `${plural(refused, 'row')} of ${rows.toLocaleString()} will be refused; you can download ${refused === 1 ? 'it' : 'them'} afterwards, with the reason.`,
  ]
  if (unscored > 0) {
    sentences.push(
      `${plural(unscored, 'row')} ${unscored === 1 ? 'has' : 'have'} a score that is not on the scale, and will be stored without it.`,
    )
  }
  if (cut > 0) {
    sentences.push(
      `${plural(cut, 'row')} ${cut === 1 ? 'has' : 'have'} more than ${limits.tagsMax} tags or traits, or one over ${limits.valueMaxChars} characters: what is over will be left out.`,
    )
  }
  return sentences.join(' ')
}
