import { batch, computed, signal } from '@preact/signals'
import type { Group, Grouping } from '../../../sdk/wire/index.ts'
import { filters, option, setOptions } from '../address/address.ts'
import { filterQuery } from '../address/view.ts'
import type { Failure } from '../collector/answer.ts'
import { listFeedback, listGroups } from '../collector/feedback.ts'
import { items } from '../triage/workspace.ts'
import { readGrouping, readOpen, withGroup, writeOpen } from './group.ts'
import { createList, type List } from './list.ts'

/** A group of the list, closed or open with rows of its own. */
export interface Section {
  /** Says which one it is, for as long as the grouping stays. */
  key: string
  /** Null for everything that is in no listed group. */
  value: string | null
  group: Omit<Group, 'value'>
}

/** What the list is grouped by. */
export const grouping = computed<Grouping | null>(() => readGrouping(option('group')))
export const sections = signal<readonly Section[]>([])
export const sectionsPhase = signal<'loading' | 'ready' | 'failed'>('loading')
export const sectionsFailure = signal<Failure | null>(null)
/** The open sections' lists by key. */
export const opened = signal<ReadonlyMap<string, List>>(new Map())
/** The section in which somebody reads: one item may stand in several. */
export const readIn = signal<string | null>(null)

/** Every row that is listed, in its order on the screen. */
export const sectionRows = computed(() =>
  sections.value.flatMap(({ key }) => (opened.value.get(key)?.ids.value ?? []).map((id) => ({ key, id }))),
)

let running = new AbortController()
/** Where the lists begin, as `list.load` takes it. */
let begin = ''
/** What the sections on screen were asked for by. */
let asked = ''

/** Asks for the groups anew; what was open stays open where it is still there. */
export async function loadSections(by: Grouping, query: string, beginning: string): Promise<void> {
  running.abort()
  running = new AbortController()
  const { signal: cancelled } = running
  begin = beginning
  const isSame = asked === JSON.stringify([by, query, beginning]) && sectionsPhase.peek() === 'ready'
  asked = JSON.stringify([by, query, beginning])
  sectionsPhase.value = 'loading'
  const parameters = new URLSearchParams(query)
  parameters.set('by', by)
  const answer = await listGroups(parameters, cancelled)
  if (cancelled.aborted) return
  if (!answer.ok) {
    sectionsFailure.value = answer.failure
    sectionsPhase.value = isSame ? 'ready' : 'failed'
    return
  }
  const { items: groups, rest } = answer.value
  const next = groups.map(({ value, ...group }): Section => ({ key: `${by} ${value}`, value, group }))
  if (rest) next.push({ key: by, value: null, group: rest })
  const wanted = readOpen(option('open'))
  const kept = next.filter(({ key }) => opened.peek().has(key))
  const before = kept.length > 0 ? kept : next.filter(({ value }) => wanted?.has(value))
  batch(() => {
    sections.value = next
    opened.value = new Map()
    sectionsPhase.value = 'ready'
    const isNoneWanted = wanted?.size === 0
    for (const section of before.length > 0 || isNoneWanted ? before : next.slice(0, 1)) openSection(section)
  })
}

export function clearSections(): void {
  running.abort()
  asked = ''
  sections.value = []
  opened.value = new Map()
}

/** Opens a section, or asks for its rows anew. */
export function openSection({ key, group }: Section): void {
  const list = createList({ items, fetchPage: listFeedback })
  opened.value = new Map(opened.peek()).set(key, list)
  void list.load(filterQuery(withGroup(filters.peek(), group.filter)).toString(), begin)
}

/** Asks again for the rows that did not come. */
export function retrySections(): void {
  for (const section of sections.peek()) {
    const list = opened.peek().get(section.key)
    if (list?.phase.peek() === 'failed') openSection(section)
    else if (list?.stuck.peek()) void list.more()
  }
}

/** Opens or closes a section. */
export function toggleSection(section: Section): void {
  const next = new Map(opened.peek())
  if (next.delete(section.key)) opened.value = next
  else openSection(section)
  tellAddress()
}

/** Closes every section, or opens them all. */
export function toggleAll(): void {
  if (opened.peek().size > 0) opened.value = new Map()
  else batch(() => sections.peek().forEach(openSection))
  tellAddress()
}

/** What is open stands in the address bar, so that a colleague sees the same. */
function tellAddress(): void {
  const values = sections.peek().flatMap(({ key, value }) => (opened.peek().has(key) ? [value] : []))
  setOptions({ open: writeOpen(values) }, 'replace')
}

/** The row `by` places from where somebody reads; asks for more of a section shortly before its end. */
export function rowFrom(id: string | null, by: 1 | -1): { key: string; id: string } | null {
  const rows = sectionRows.peek()
  const here = rows.findIndex((row) => row.id === id && row.key === readIn.peek())
  const index = here === -1 ? rows.findIndex((row) => row.id === id) : here
  const next = rows[index === -1 ? 0 : index + by] ?? null
  const from = rows[index]
  const left = from && opened.peek().get(from.key)
  if (by === 1 && left && next?.key !== from.key && !left.complete.peek() && !left.stuck.peek()) {
    // The rest of this section comes first; whoever is faster than the collector stays where they are.
    void left.more()
    return null
  }
  const list = next && opened.peek().get(next.key)
  if (next && list && list.ids.peek().indexOf(next.id) >= list.ids.peek().length - 10) void list.more()
  return next
}
