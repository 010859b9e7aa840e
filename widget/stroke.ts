const make = (tag: 'svg' | 'path') => document.createElementNS('http://www.w3.org/2000/svg', tag)

/** A path on a 24-unit grid as an icon; the form's sheet gives it its size and weight. */
export function stroke(d: string): SVGElement {
  const [svg, path] = [make('svg'), make('path')]
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.ariaHidden = 'true'
  path.setAttribute('d', d)
  svg.append(path)
  return svg
}
