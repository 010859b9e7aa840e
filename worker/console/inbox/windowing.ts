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

/** A page is asked for this many rows before the reader gets to the end of a long list. */
const lead = 60

/** Whether the next page is due: not for the first page's own sake, which is read from the top, and most are left there. */
export function isNearEnd(end: number, count: number): boolean {
  return end > count - Math.min(lead, Math.ceil(count * 0.4))
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
