import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { openId } from '../address/address.ts'
import { density, rowHeights } from '../controls/preferences.ts'
import { NewsLine } from '../views/news-line.tsx'
import { list } from './inbox.ts'
import { Row } from './row.tsx'
import { RowSkeletons } from './skeleton.tsx'
import { isNearEnd, scrollToShow, visibleSlice } from './windowing.ts'

const tailRows = 3

/** The scrolling list. Draws the rows in view and the one that holds the focus, however many there are. */
export function Rows() {
  const scroller = useRef<HTMLDivElement>(null)
  const scrollTop = useSignal(0)
  const height = useSignal(800)
  const focused = useSignal<string | null>(null)
  /** True once somebody opened an item: not what stood in the address. */
  const isOpened = useRef(openId.peek() === null)
  /** The row that was opened or had the focus last. */
  const lastAt = useSignal<string | null>(null)
  const firstInSight = useComputed(() => Math.ceil(scrollTop.value / rowHeights[density.value])).value
  const ids = list.ids.value
  const rowHeight = rowHeights[density.value]
  const slice = useComputed(() =>
    visibleSlice(scrollTop.value, height.value, rowHeights[density.value], list.ids.value.length),
  )
  // Two numbers, so that a scroll within one row draws nothing.
  const first = useComputed(() => slice.value.first).value
  const end = useComputed(() => slice.value.end).value
  const tail = list.complete.value || list.stuck.value ? 0 : tailRows

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const sizes = new ResizeObserver(() => {
      height.value = element.clientHeight
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])

  // The open row comes into view when another item is opened, not when the list grows.
  useLayoutEffect(() => {
    const element = scroller.current
    const index = openId.value ? list.ids.value.indexOf(openId.value) : -1
    if (!element || index === -1) return
    // What the scroller said last, not what it would say now: asking makes the browser lay the page out twice.
    const wanted = scrollToShow(index, scrollTop.value, height.value, rowHeight)
    if (wanted !== scrollTop.value) element.scrollTop = wanted
    const isNowhere = document.activeElement === document.body && isOpened.current
    isOpened.current = true
    // Whoever hears the page is told what was opened, unless they are somewhere else.
    if (element.contains(document.activeElement) || isNowhere)
      element
        .querySelector<HTMLElement>(`[data-item="${CSS.escape(openId.value ?? '')}"] .row-link`)
        ?.focus({ preventScroll: true })
  }, [openId.value, rowHeight, list.phase.value])

  useEffect(() => {
    if (isNearEnd(end, ids.length)) void list.more()
  })

  useLayoutEffect(() => {
    if (openId.value) lastAt.value = openId.value
  }, [openId.value])

  const drawn = ids.slice(first, end).map((id, index) => ({ id, index: first + index }))
  const kept = focused.value ? ids.indexOf(focused.value) : -1
  if (focused.value && kept !== -1 && (kept < first || kept >= end)) drawn.push({ id: focused.value, index: kept })

  const stop = drawn.some(({ id }) => id === lastAt.value) ? lastAt.value : ids[firstInSight]

  return (
    <div
      class={`rows ${density.value}`}
      ref={scroller}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop
      }}
      onFocusIn={(event) => {
        focused.value = itemAt(event.target)
        lastAt.value = focused.value
      }}
    >
      <ol class="rows-all" style={{ height: `${(ids.length + tail) * rowHeight}px` }} aria-label="Feedback">
        {drawn.map(({ id, index }) => (
          <Row
            key={id}
            id={id}
            index={index}
            count={ids.length}
            top={index * rowHeight}
            height={rowHeight}
            open={id === openId.value}
            stop={id === stop}
          />
        ))}
      </ol>
      <NewsLine />
      {tail > 0 && <RowSkeletons count={tail} from={ids.length} height={rowHeight} />}
    </div>
  )
}

/** The item of the row that something belongs to. */
export function itemAt(target: EventTarget | null): string | null {
  return (target as Element | null)?.closest<HTMLElement>('[data-item]')?.dataset['item'] ?? null
}
