import { computed } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { filters, words } from '../address/address.ts'
import { density, rowHeights } from '../controls/preferences.ts'
import { list } from '../inbox/inbox.ts'
import { items } from '../triage/workspace.ts'
import { newSince } from './visit.ts'

/** Half of the line's own height, in CSS pixels: it lies on the edge between two rows. */
const half = 10

/** Index of the first row that was there at the last visit, below those that are new; null where there is no such row. */
const newsEnd = computed<number | null>(() => {
  const since = newSince.value
  const order = filters.value.get('sort')?.[0] ?? 'newest'
  if (since === null || words.value !== '' || order !== 'newest' || filters.value.has('since')) return null
  const first = list.ids.value.findIndex((id) => (items.get(id)?.peek().receivedAt ?? since) < since)
  return first > 0 ? first : null
})

/** Its id, for whoever reads the rows one by one. */
export const firstSeenId = computed(() => (newsEnd.value === null ? null : list.ids.value[newsEnd.value]))

/** The line between what is new and what was there at the last visit. */
export function NewsLine() {
  const line = useRef<HTMLDivElement>(null)
  const top = newsEnd.value === null ? null : newsEnd.value * rowHeights[density.value] - half
  useLayoutEffect(() => {
    if (line.current && top !== null) line.current.style.transform = `translateY(${top}px)`
  }, [top])
  if (top === null) return null
  return (
    <div ref={line} class="news-line" aria-hidden="true">
      <span>New above</span>
    </div>
  )
}
