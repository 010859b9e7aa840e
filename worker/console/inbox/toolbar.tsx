import { ArrowUpDown, CalendarSearch, Download, ListFilter, ListTree, Menu, Plus, Rows2, Rows3 } from 'lucide'
import { open, overlay } from '../actions/overlay.ts'
import { filters, setFilters, words } from '../address/address.ts'
import { withFilter } from '../address/view.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { density } from '../controls/preferences.ts'
import { totalInWords, totalShort } from '../controls/total.ts'
import { FilterBar } from '../filters/bar.tsx'
import { groupingNames } from './group.ts'
import { list } from './inbox.ts'
import { SearchField } from './search.tsx'
import { ChangedLine } from '../views/changed-line.tsx'
import { grouping } from './sections.ts'
import { viewTitle } from './views.ts'

export function Toolbar() {
  const compact = density.value === 'compact'
  const shown = overlay.value
  return (
    <header class="toolbar">
      <div class="toolbar-line">
        <Button icon={Menu} label="Views" class="narrow-only" onClick={() => open({ shows: 'sidebar' })} />
        <h2 class="toolbar-title">
          <bdi>{viewTitle.value}</bdi>
        </h2>
        <Count />
        <span class="spring" />
        {mayEdit.value && (
          <Button
            icon={Plus}
            label="Add feedback"
            shortcut="+"
            class="wide-only"
            onClick={() => open({ shows: 'enter' })}
          />
        )}
        <SortSelect />
        <Button
          icon={CalendarSearch}
          label="Go to a date"
          shortcut="t"
          popup="dialog"
          anchor="jump"
          expanded={shown?.shows === 'jump'}
          onClick={(event) => open({ shows: 'jump', anchor: event.currentTarget as HTMLElement })}
        />
        <Button
          icon={ListTree}
          label={grouping.value ? `Grouped by ${groupingNames[grouping.value].name.toLowerCase()}` : 'Group the list'}
          shortcut="b"
          popup="dialog"
          anchor="group"
          class={grouping.value ? 'in-use' : ''}
          expanded={shown?.shows === 'group'}
          onClick={(event) => open({ shows: 'group', anchor: event.currentTarget as HTMLElement })}
        />
        <Button
          icon={compact ? Rows2 : Rows3}
          label={compact ? 'Comfortable rows' : 'Compact rows'}
          shortcut="v"
          class="wide-only"
          onClick={() => {
            density.value = compact ? 'comfortable' : 'compact'
          }}
        />
        <Button
          icon={Download}
          label="Export what is listed"
          shortcut="Shift+e"
          onClick={() => open({ shows: 'export' })}
        />
      </div>
      <div class="toolbar-line">
        <SearchField />
        <Button
          icon={ListFilter}
          look="outline"
          popup="dialog"
          expanded={shown?.shows === 'filter'}
          anchor="filter"
          onClick={(event) => open({ shows: 'filter', anchor: event.currentTarget as HTMLElement })}
        >
          Filter
        </Button>
      </div>
      <FilterBar />
      <ChangedLine />
    </header>
  )
}

function Count() {
  const total = list.total.value
  if (!total) return null
  return (
    <span class="toolbar-count">
      <span class="in-words">{totalInWords(total)}</span>
      <span class="in-short" title={totalInWords(total)}>
        {totalShort(total)}
      </span>
    </span>
  )
}

const orders = { relevance: 'Best match', newest: 'Newest', oldest: 'Oldest' }

function SortSelect() {
  const searching = words.value !== ''
  const standard = searching ? 'relevance' : 'newest'
  const current = filters.value.get('sort')?.[0] ?? standard
  return (
    <label class={current === standard ? 'sort order' : 'sort order in-use'}>
      <span class="hidden-text">Order</span>
      <Icon of={ArrowUpDown} />
      <select
        value={current}
        onChange={(event) => {
          const order = event.currentTarget.value
          setFilters(withFilter(filters.peek(), 'sort', order === standard ? [] : [order]))
        }}
      >
        {Object.entries(orders)
          .filter(([order]) => searching || order !== 'relevance')
          .map(([order, label]) => (
            <option key={order} value={order}>
              {label}
            </option>
          ))}
      </select>
    </label>
  )
}
