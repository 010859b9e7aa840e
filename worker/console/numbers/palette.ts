import type { Palette } from './plot.ts'
import { seriesCount } from './plot.ts'

/** Reads the colours of the style sheet as the browser works them out now, in light or in dark. */
export function readPalette(host: HTMLElement): Palette {
  const probe = host.appendChild(document.createElement('i'))
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const each = (name: string) => Array.from({ length: seriesCount }, (_, index) => read(`${name}-${index + 1}`))
  const palette: Palette = {
    series: each('series'),
    bands: each('band'),
    text: read('text-quiet'),
    line: read('line'),
    rule: read('text-quiet'),
    ground: read('surface'),
  }
  probe.remove()
  return palette
}
