/** Strokes on a 24-unit grid, drawn for the widget. */
const paths = {
  bug: 'M12 8.5v5M12 17v.01M10.3 4.2 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
  idea: 'M9.5 21h5M9 17.5h6M9 17.5c0-2.6-3-3.8-3-7.5a6 6 0 0 1 12 0c0 3.7-3 4.9-3 7.5',
  praise: 'M12 20.500S3.5 15.8 3.5 9.600A4.6 4.6 0 0 1 12 7.200a4.6 4.6 0 0 1 8.5 2.400c0 6.2-8.5 10.9-8.5 10.900z',
  question: 'M9.2 9a3 3 0 1 1 4.3 2.700c-.9.5-1.5 1-1.5 2.100M12 17.200v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  other: 'M4 6h16M4 12h16M4 18h9',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  star: 'M12 3.500l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.900L3.5 9.700l5.9-.800z',
  thumb: 'M7 11v9H4v-9h3zm0 0 4-8a2 2 0 0 1 2 2v4h5.500a2 2 0 0 1 2 2.300l-1.2 7a2 2 0 0 1-2 1.700H7',
}
export type IconName = keyof typeof paths

export function Icon({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name as IconName] ?? paths.other} />
    </svg>
  )
}
