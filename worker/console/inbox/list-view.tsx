import { explain } from '../collector/answer.ts'
import { density, rowHeights } from '../controls/preferences.ts'
import { EmptyList, FailedList } from './empty.tsx'
import { list } from './inbox.ts'
import { StartLine } from './jump.tsx'
import { Rows } from './rows.tsx'
import { SectionRows } from './section-rows.tsx'
import { grouping, sections, sectionsFailure, sectionsPhase } from './sections.ts'
import { SelectionBar } from './selection-bar.tsx'
import { RowSkeletons } from './skeleton.tsx'
import { Newcomers, RelaxedLine, StateLine } from './state-line.tsx'
import { Toolbar } from './toolbar.tsx'
import { TrayLine } from './tray-line.tsx'

/** The list with everything that belongs to it. */
export function ListView() {
  return (
    <section class="list" aria-label="Inbox" aria-busy={list.phase.value === 'loading'}>
      <Toolbar />
      <Newcomers />
      <StartLine />
      <RelaxedLine />
      <TrayLine />
      <div class="list-body" tabIndex={-1}>
        <Body />
      </div>
      <MoreFailed />
      <SelectionBar />
      <StateLine />
    </section>
  )
}

function Body() {
  const isGrouped = grouping.value !== null
  const failure = list.phase.value === 'failed' ? list.failure.value : null
  const refused = failure ?? (isGrouped && sectionsPhase.value === 'failed' ? sectionsFailure.value : null)
  if (refused) return <FailedList failure={refused} />
  const isDividing = isGrouped && sectionsPhase.value === 'loading' && sections.value.length === 0
  if (list.phase.value === 'loading' || isDividing) {
    return (
      <div class={`rows ${density.value}`}>
        <RowSkeletons count={12} height={rowHeights[density.value]} />
      </div>
    )
  }
  if (list.ids.value.length === 0) return <EmptyList />
  return isGrouped ? <SectionRows /> : <Rows />
}

function MoreFailed() {
  const failure = list.stuck.value
  if (!failure) return null
  return (
    <p class="more-failed" role="alert">
      {explain(failure).what} The list above is not whole.{' '}
      <button type="button" class="text-button" onClick={() => void list.more()}>
        Load more
      </button>
    </p>
  )
}
