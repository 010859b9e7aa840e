import { explain } from '../collector/answer.ts'
import { density, rowHeights } from '../controls/preferences.ts'
import { EmptyList, FailedList } from './empty.tsx'
import { list } from './inbox.ts'
import { Rows } from './rows.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { RowSkeletons } from './skeleton.tsx'
import { Newcomers, RelaxedLine, StateLine } from './state-line.tsx'
import { Toolbar } from './toolbar.tsx'

/** The list with everything that belongs to it. */
export function ListView() {
  return (
    <section class="list" aria-label="Inbox" aria-busy={list.phase.value === 'loading'}>
      <Toolbar />
      <Newcomers />
      <RelaxedLine />
      <div class="list-body">
        <Body />
      </div>
      <MoreFailed />
      <SelectionBar />
      <StateLine />
    </section>
  )
}

function Body() {
  const failure = list.failure.value
  if (list.phase.value === 'failed' && failure) return <FailedList failure={failure} />
  if (list.phase.value === 'loading') {
    return (
      <div class={`rows ${density.value}`}>
        <RowSkeletons count={12} height={rowHeights[density.value]} />
      </div>
    )
  }
  return list.ids.value.length === 0 ? <EmptyList /> : <Rows />
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
