/** Which rows of a long list are drawn. */
export interface Slice {
  /** Index of the first row drawn. */
  first: number
  /** Index after the last row drawn. */
  end: number
}

/** Rows drawn beyond each edge, so that a fast scroll does not show holes. */
const overscan = 8

export function visibleSlice(scrollTop: number, height: number, rowHeight: number, count: number): Slice {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan)
  return { first: Math.min(first, end), end }
}

/** The scroll position that shows what stands from `top` to `bottom`, moving as little as it can. */
export function scrollToReveal(
  { top, bottom }: { top: number; bottom: number },
  scrollTop: number,
  height: number,
): number {
  if (top < scrollTop) return top
  return bottom > scrollTop + height ? bottom - height : scrollTop
}

/** The scroll position that shows a row whole, moving as little as it can. */
export function scrollToShow(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight
  return scrollToReveal({ top, bottom: top + rowHeight }, scrollTop, height)
}
