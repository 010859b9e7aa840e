const circle = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z'

/** Strokes on a 24-unit grid, drawn for the widget. */
const paths = {
  bug: 'M12 9v4M12 17v.01M10.3 4.2 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
  idea: 'M10 21h4M9 18h6M9 18c0-3-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5-3 8',
  praise: 'M12 20S3.5 15 3.5 9.5A4.6 4.6 0 0 1 12 7a4.6 4.6 0 0 1 8.5 2.5C20.5 15 12 20 12 20z',
  question: `${circle}M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.01`,
  other: 'M4 6h16M4 12h16M4 18h9',
  close: 'M6 6l12 12M18 6L6 18',
}

const make = (tag: 'svg' | 'path') => document.createElementNS('http://www.w3.org/2000/svg', tag)

/** An icon by name, or undefined where there is none of it. */
export function icon(name: string): SVGElement | undefined {
  return Object.hasOwn(paths, name) ? draw(paths[name as keyof typeof paths]) : undefined
}

/** Strokes as an icon that screen readers pass over. */
export function draw(strokes: string): SVGElement {
  const [svg, path] = [make('svg'), make('path')]
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.ariaHidden = 'true'
  path.setAttribute('d', strokes)
  svg.append(path)
  return svg
}
