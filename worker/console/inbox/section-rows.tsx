import { useComputed, useSignal } from '@preact/signals'
import { ChevronDown, ChevronRight, ListFilter } from 'lucide'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { filters, follow, hrefOf, openId, view } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { Icon } from '../controls/icon.tsx'
import { density, rowHeights } from '../controls/preferences.ts'
import { plural, totalInWords, totalShort } from '../controls/total.ts'
import { groupingNames, layOut, scoreOf, withGroup, type Layout } from './group.ts'
import { kindLabel, KindMark } from './kind.tsx'
import type { List } from './list.ts'
import { RatingMark, ratingTitle } from './rating.tsx'
import { Row } from './row.tsx'
import { grouping, opened, openSection, readIn, sections, toggleSection, type Section } from './sections.ts'
import { itemAt } from './rows.tsx'
import { RowSkeletons } from './skeleton.tsx'
import { isNearEnd, scrollToReveal, visibleSlice } from './windowing.ts'

/** As inbox/sections.css has it. */
const headHeight = 36
const waitingRows = 3

/** Rows a section has room for: those that are there, and some that are on their way. */
function rowCount(list: List | undefined): number {
  if (!list) return 0
  if (list.phase.value === 'failed') return 1
  const tail = list.phase.value === 'loading' || !(list.complete.value || list.stuck.value) ? waitingRows : 0
  return list.ids.value.length + tail + (list.stuck.value ? 1 : 0)
}

/** The list in sections; of each only the rows in view are drawn. */
export function SectionRows() {
  const scroller = useRef<HTMLDivElement>(null)
  const scrollTop = useSignal(0)
  const height = useSignal(800)
  const rowHeight = rowHeights[density.value]
  const layouts = useComputed(() =>
    layOut(
      sections.value.map(({ key }) => rowCount(opened.value.get(key))),
      headHeight,
      rowHeights[density.value],
    ),
  ).value
  const end = layouts.at(-1)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const sizes = new ResizeObserver(() => {
      height.value = element.clientHeight
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])

  // The row that is read comes into view when another one is, below its section's head.
  useLayoutEffect(() => {
    const element = scroller.current
    const id = openId.value
    if (!element || !id) return
    const at = sections.value.findIndex(({ key }) => key === readIn.value && opened.value.has(key))
    const index = opened.value.get(sections.value[at]?.key ?? '')?.ids.value.indexOf(id) ?? -1
    const layout = layouts[at]
    if (index === -1 || !layout) return
    const top = layout.top + headHeight + index * rowHeight
    const wanted = scrollToReveal({ top: top - headHeight, bottom: top + rowHeight }, scrollTop.value, height.value)
    if (wanted !== scrollTop.value) element.scrollTop = wanted
    if (element.contains(document.activeElement)) {
      const section = element.querySelector(`[data-section="${CSS.escape(readIn.value ?? '')}"]`)
      section?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"] .row-link`)?.focus({ preventScroll: true })
    }
  }, [openId.value, readIn.value, rowHeight])

  return (
    <div
      class={`rows ${density.value}`}
      ref={scroller}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop
      }}
    >
      <div class="rows-all" style={{ height: `${end ? end.top + end.height : 0}px` }}>
        {sections.value.map((section, index) => (
          <SectionView
            key={section.key}
            section={section}
            layout={layouts[index] ?? { top: 0, height: headHeight }}
            scrollTop={scrollTop.value}
            room={height.value}
          />
        ))}
      </div>
    </div>
  )
}

interface SectionProps {
  section: Section
  layout: Layout
  scrollTop: number
  room: number
}

function SectionView({ section, layout, scrollTop, room }: SectionProps) {
  const list = opened.value.get(section.key)
  const isNear = layout.top < scrollTop + room + 400 && layout.top + layout.height > scrollTop - 400
  return (
    <section
      class="section"
      style={{ transform: `translateY(${layout.top}px)`, height: `${layout.height}px` }}
      data-section={section.key}
      aria-label={sectionName(section)}
    >
      <SectionHead section={section} isOpen={list !== undefined} />
      {list && isNear && <OpenRows section={section} list={list} scrollTop={scrollTop - layout.top} room={room} />}
    </section>
  )
}

function SectionHead({ section, isOpen }: { section: Section; isOpen: boolean }) {
  const { group, value } = section
  const narrowed = { filters: withGroup(filters.value, group.filter), options: withoutGroup(), item: null }
  return (
    <h3 class="section-head">
      <button type="button" class="section-name" aria-expanded={isOpen} onClick={() => toggleSection(section)}>
        <Icon of={isOpen ? ChevronDown : ChevronRight} size={14} />
        <SectionTitle section={section} />
        <span class="section-count">
          <span aria-hidden="true">{totalShort(group)}</span>
          <span class="hidden-text">
            , {group.exact ? plural(group.count, 'item') : `${totalInWords(group)} items`}
          </span>
        </span>
      </button>
      {value !== null && Object.keys(group.filter).length > 0 && (
        <a
          class="section-only"
          href={hrefOf(narrowed)}
          title="List only these"
          aria-label={`List only ${sectionName(section)}`}
          onClick={(event) => follow(event, narrowed)}
        >
          <Icon of={ListFilter} size={14} />
        </a>
      )}
    </h3>
  )
}

function withoutGroup(): ReadonlyMap<string, string> {
  return new Map([...view.value.options].filter(([name]) => name !== 'group' && name !== 'open'))
}

function sectionName({ value }: Section): string {
  const by = grouping.value ?? 'kind'
  if (value === null) return groupingNames[by].others
  if (value === '') return groupingNames[by].without
  if (by === 'kind') return kindLabel(value)
  const score = by === 'score' ? scoreOf(value) : null
  return score ? ratingTitle(score) : value
}

function SectionTitle({ section }: { section: Section }) {
  const { value } = section
  const by = grouping.value
  if (by === 'kind' && value) return <KindMark of={value} />
  const score = by === 'score' && value ? scoreOf(value) : null
  return (
    <span class={value ? 'section-title' : 'section-title quiet'} dir="auto" title={sectionName(section)}>
      {score ? <RatingMark of={score} /> : sectionName(section)}
    </span>
  )
}

function OpenRows(props: { section: Section; list: List; scrollTop: number; room: number }) {
  const lastAt = useSignal<string | null>(null)
  const openHere = readIn.value === props.section.key ? openId.value : null
  useLayoutEffect(() => {
    if (openHere) lastAt.value = openHere
  }, [openHere])
  const { section, list, scrollTop, room } = props
  const rowHeight = rowHeights[density.value]
  const ids = list.ids.value
  const { first, end } = visibleSlice(Math.max(0, scrollTop - headHeight), room, rowHeight, ids.length)
  const failure = list.failure.value ?? list.stuck.value
  const failed = list.phase.value === 'failed' || list.stuck.value !== null
  const waiting = !failed && (list.phase.value === 'loading' || !list.complete.value)
  useEffect(() => {
    if (isNearEnd(end, ids.length)) void list.more()
  })
  const drawn = ids.slice(first, end)
  const firstInSight = Math.ceil(Math.max(0, scrollTop) / rowHeight)
  const stop = drawn.includes(lastAt.value ?? '') ? lastAt.value : (ids[firstInSight] ?? ids[end - 1])
  return (
    <div class="section-rows">
      <ol
        aria-label={sectionName(section)}
        onFocusIn={(event) => {
          lastAt.value = itemAt(event.target)
        }}
      >
        {drawn.map((id, offset) => (
          <Row
            key={id}
            id={id}
            index={first + offset}
            count={ids.length}
            top={(first + offset) * rowHeight}
            height={rowHeight}
            open={id === openId.value}
            stop={id === stop}
            onOpen={() => {
              readIn.value = section.key
            }}
          />
        ))}
      </ol>
      {waiting && <RowSkeletons count={waitingRows} from={ids.length} height={rowHeight} />}
      {failed && failure && (
        <p class="section-failed" role="alert" style={{ transform: `translateY(${ids.length * rowHeight}px)` }}>
          {explain(failure).what}{' '}
          <button
            type="button"
            class="text-button"
            onClick={() => (list.stuck.value ? void list.more() : openSection(section))}
          >
            Load more
          </button>
        </p>
      )}
    </div>
  )
}
