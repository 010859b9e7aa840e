import type uPlot from 'uplot'

/** One line of a chart. */
export interface Line {
  name: string
  /** A number for each period; null where there is none. */
  values: readonly (number | null)[]
  /** The 95 % interval of each, drawn as a lighter band. */
  band?: readonly ({ low: number; high: number } | null)[]
  /** Periods that rest on few answers: their points are hollow. */
  few?: readonly boolean[]
}

/** Colours as the browser has worked them out: a canvas knows no custom properties. */
export interface Palette {
  series: readonly string[]
  bands: readonly string[]
  text: string
  line: string
  rule: string
  ground: string
}

/** Told apart by more than colour. */
const dashes: number[][] = [[], [6, 4], [2, 3], [10, 4, 2, 4], [4, 2], [1, 2]]
export const seriesCount = dashes.length

export interface PlotOptions {
  lines: readonly Line[]
  /** Under each period, short. */
  labels: readonly string[]
  palette: Palette
  width: number
  height: number
  format: (value: number) => string
  /** Half an item is none: the axis has whole numbers only. */
  whole?: boolean
  /** The range of the values where they have a natural one. */
  range?: readonly [low: number, high: number]
  onCursor: (index: number | null, left: number) => void
}

/** Room under the plot, and the least between two labels there, in CSS pixels. */
const axisHeight = 28
const labelGap = 64

/**
 * Columns as uPlot takes them: periods by number, then each line, with the edges of its band and with those of its values
 * that rest on few answers, where it has such.
 */
export function columnsOf(lines: readonly Line[]): uPlot.AlignedData {
  const [first] = lines
  const columns: (number | null)[][] = lines.flatMap(({ values, band, few }) => [
    [...values],
    ...(few ? [values.map((value, index) => (few[index] === true ? value : null))] : []),
    ...(band ? [band.map((one) => one?.high ?? null), band.map((one) => one?.low ?? null)] : []),
  ])
  return [(first?.values ?? []).map((_, index) => index), ...columns] as uPlot.AlignedData
}

export function optionsOf(options: PlotOptions): uPlot.Options {
  const { lines, labels, palette, width, height } = options
  const series: uPlot.Series[] = [{}]
  const bands: uPlot.Band[] = []
  lines.forEach((line, at) => {
    const colour = palette.series[at % seriesCount] ?? palette.text
    series.push(lineOf(line.name, colour, dashes[at % seriesCount] ?? []))
    if (line.few) series.push(hollow(colour, palette.ground))
    if (line.band === undefined) return
    const high = series.length
    series.push(edge, edge)
    bands.push({ series: [high, high + 1], fill: palette.bands[at % seriesCount] ?? palette.line })
  })
  return {
    width,
    height,
    padding: [12, 24, 0, 0],
    series,
    bands,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: (_, min, max) => [min - 0.3, max + 0.3] },
      y: { range: rangeOf(options.range) },
    },
    axes: [xAxis(labels, palette, width), yAxis(palette, options)],
    hooks: {
      setCursor: [(plot) => options.onCursor(plot.cursor.idx ?? null, plot.cursor.left ?? -1)],
      drawAxes: [(plot) => drawZero(plot, palette.rule)],
    },
  }
}

const edge: uPlot.Series = { width: 0, points: { show: false } }

const point = { show: true, size: 7, width: 2 }

const lineOf = (label: string, stroke: string, dash: number[]): uPlot.Series => ({
  label,
  stroke,
  width: 2,
  dash,
  spanGaps: false,
  points: { ...point, stroke, fill: stroke },
})

/** Points alone, over the full ones: these rest on few answers. */
const hollow = (stroke: string, fill: string): uPlot.Series => ({ width: 0, points: { ...point, stroke, fill } })

/** A little air above and below; a natural end is never passed. */
function rangeOf(natural: PlotOptions['range']): uPlot.Scale.Range {
  return (_, min, max) => {
    const [low, high] = [min ?? 0, max ?? 1]
    const air = (high - low || Math.abs(high) || 1) * 0.12
    const [least, most] = natural ?? [-Infinity, Infinity]
    return [Math.max(least, low - air), Math.min(most, high + air)]
  }
}

function xAxis(labels: readonly string[], palette: Palette, width: number): uPlot.Axis {
  const every = Math.max(1, Math.ceil((labels.length * labelGap) / Math.max(width - 60, 1)))
  // Counted from the end, so that the latest period always has its label.
  const shown = labels.map((_, index) => index).filter((index) => (labels.length - 1 - index) % every === 0)
  return {
    stroke: palette.text,
    font,
    size: axisHeight,
    grid: { show: false },
    ticks: { show: false },
    splits: () => shown,
    values: (_, splits) => splits.map((index) => labels[index] ?? ''),
  }
}

function yAxis(palette: Palette, { format, whole }: PlotOptions): uPlot.Axis {
  return {
    ...(whole && { incrs: wholeSteps }),
    stroke: palette.text,
    font,
    size: 52,
    gap: 6,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map(format),
  }
}

/** 1, 2, 5, 10 and so on, up to what is ever counted. */
const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat()

const font = '12px system-ui, sans-serif'

/** A rule for zero, where zero is in sight. */
function drawZero(plot: uPlot, colour: string): void {
  const { min = 0, max = 0 } = plot.scales['y'] ?? {}
  if (min >= 0 || max <= 0) return
  const y = plot.valToPos(0, 'y', true)
  const { left, width } = plot.bbox
  plot.ctx.save()
  plot.ctx.strokeStyle = colour
  plot.ctx.lineWidth = devicePixelRatio
  plot.ctx.beginPath()
  plot.ctx.moveTo(left, y)
  plot.ctx.lineTo(left + width, y)
  plot.ctx.stroke()
  plot.ctx.restore()
}
