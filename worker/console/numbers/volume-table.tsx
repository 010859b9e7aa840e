import type { Period, Volume, VolumeSeries } from '../../../sdk/wire/index.ts'
import { filters } from '../address/address.ts'
import { behind, isListable } from './behind.ts'
import { NumberLink } from './number-link.tsx'
import { NumbersTable } from './table.tsx'
import { changeInWords, periodInWords, verdictInWords } from './words.ts'

interface VolumeTableProps {
  of: Volume
  /** All periods together. */
  range: Period
  titleOf: (series: VolumeSeries) => string
}

/** Every value with its sum, that of the range before, and whether the difference is one; below, each period. */
export function VolumeTable({ of, range, titleOf }: VolumeTableProps) {
  const { dimension, series, total, timeZone, periods } = of
  const narrowed = ({ value }: VolumeSeries) => (dimension === null || value === null ? {} : { [dimension]: value })
  // What holds no value, or another, cannot be listed by one filter.
  const isListed = (one: VolumeSeries) =>
    dimension === null || one === total || (one.value !== null && isListable(filters.value, dimension, one.value))
  const count = (one: VolumeSeries, amount: number, period: Period) =>
    amount === 0 || !isListed(one) ? (
      amount.toLocaleString()
    ) : (
      <NumberLink to={behind(filters.value, period, timeZone, narrowed(one))} title="Open these items in the inbox">
        {amount.toLocaleString()}
      </NumberLink>
    )
  const all = series.length === 0 ? [total] : [...series, total]
  const title = (one: VolumeSeries) => (one === total ? 'All' : titleOf(one))
  return (
    <>
      <NumbersTable
        caption="Items, and how many there were before"
        title="Compared with the range before"
        isOpen={series.length > 0}
        head={[dimension === null ? 'Items' : 'Value', 'Items', 'Range before', 'Change, 95 % interval']}
        rows={all.map((one) => ({
          key: title(one),
          cells: [
            title(one),
            count(one, one.total, range),
            one.previous.toLocaleString(),
            `${changeInWords('count', one.change)}: ${verdictInWords(one.change)}`,
          ],
        }))}
      />
      <NumbersTable
        caption={`Items by ${of.by}`}
        title={`Table by ${of.by}`}
        head={['Period', ...all.map(title)]}
        rows={periods
          .map((period, index) => ({
            key: period.from,
            cells: [
              `${periodInWords(period)}${period.partial === true ? ' (not whole)' : ''}`,
              ...all.map((one) => count(one, one.counts[index] ?? 0, period)),
            ],
          }))
          .toReversed()}
      />
    </>
  )
}
