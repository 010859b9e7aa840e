const circle = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z'

/** Strokes on a 24-unit grid, as the form's. */
export const strokes = {
  back: 'M14 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12l5 5 9-9',
  clock: `${circle}M12 7v5l3 2`,
  stop: `${circle}M12 8v5M12 16v.01`,
  stars: 'M12 3l3 6 6 1-4.5 4 1 6.5L12 17l-5.5 3.5 1-6.5L3 10l6-1z',
  thumbs: 'M7 11v9H4v-9h3l4-8a2 2 0 0 1 2 2v4h6a2 2 0 0 1 2 2l-1 7a2 2 0 0 1-2 2H7',
}

/** A face, from a frown at 1 to a smile at 5. */
export const face = (value: number): string =>
  `${circle}M9 9.5v.01M15 9.5v.01M8 ${17 - value / 1.5}q4 ${(value - 3) * 2.5} 8 0`
