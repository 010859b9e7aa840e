import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import { scheme } from '../controls/preferences.ts'
import { readPalette } from './palette.ts'
import { columnsOf, type Line, optionsOf } from './plot.ts'

interface ChartProps {
  /** What it shows, for who cannot see it; the table below says the rest. */
  label: string
  lines: readonly Line[]
  labels: readonly string[]
  format: (value: number) => string
  whole?: boolean
  range?: readonly [low: number, high: number]
  height?: number
  /** What is said of a period beside the pointer. */
  about: (index: number) => ComponentChildren
  /** A click on a period. */
  onPick: (index: number) => void
}

/** Lines over time with their intervals as bands. */
export function Chart(props: ChartProps) {
  const { lines, labels, height = 220 } = props
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [under, setUnder] = useState<{ index: number; left: number } | null>(null)
  const [width, setWidth] = useState(0)
  const isDark = useIsDark()

  useEffect(() => {
    const { current } = host
    if (current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  const shown = JSON.stringify([lines, labels, props.range])
  useEffect(() => {
    const { current } = host
    if (current === null || width === 0) return
    const { format, range, whole = false } = latest.current
    const onCursor = (index: number | null, left: number) =>
      setUnder(index === null || left < 0 ? null : { index, left })
    const palette = readPalette(current)
    const look = { palette, width, height, format, whole, onCursor, ...(range && { range }) }
    const options = optionsOf({ lines, labels, ...look })
    const plot = new uPlot(options, columnsOf(lines), current)
    const pick = () => {
      const { idx } = plot.cursor
      if (idx != null) latest.current.onPick(idx)
    }
    plot.over.addEventListener('click', pick)
    return () => {
      setUnder(null)
      plot.destroy()
    }
  }, [shown, width, height, isDark])

  return (
    <div class="chart">
      <div class="chart-plot" ref={host} role="img" aria-label={props.label} />
      {under !== null && <Beside at={under.left} width={width} about={props.about(under.index)} />}
    </div>
  )
}

/** What is under the pointer, on the side where there is room. */
function Beside({ at, width, about }: { at: number; width: number; about: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = box
    if (current === null) return
    // Beyond the axis at the left, which the pointer is measured from.
    const left = at + 64
    const fits = left + current.offsetWidth + 8 < width
    current.style.transform = `translateX(${fits ? left : Math.max(0, at + 40 - current.offsetWidth)}px)`
  })
  return (
    <div class="chart-beside" ref={box} aria-hidden="true">
      {about}
    </div>
  )
}

/** Whether dark colours are on, by choice or by the system's. */
function useIsDark(): boolean {
  const query = matchMedia('(prefers-color-scheme: dark)')
  const [system, setSystem] = useState(query.matches)
  useEffect(() => {
    const change = () => setSystem(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return scheme.value === 'system' ? system : scheme.value === 'dark'
}
