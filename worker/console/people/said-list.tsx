import { MessageSquare } from 'lucide'
import { explain } from '../collector/answer.ts'
import { Button } from '../controls/button.tsx'
import { density, rowHeights } from '../controls/preferences.ts'
import { plural, totalInWords } from '../controls/total.ts'
import { Blank } from '../controls/blank.tsx'
import type { List } from '../inbox/list.ts'
import { Row } from '../inbox/row.tsx'
import { RowSkeletons } from '../inbox/skeleton.tsx'

/** Everything that was said, in the rows of the inbox; a click opens the item there. */
export function SaidList({ list, nothing }: { list: List; nothing: string }) {
  const ids = list.ids.value
  const rowHeight = rowHeights[density.value]
  const total = list.total.value
  const waiting = list.phase.value === 'loading'
  return (
    <section class="said" aria-label="Everything said" aria-busy={waiting}>
      <h3 class="part-title">Everything said{total && <span class="quiet"> {totalInWords(total)}</span>}</h3>
      {waiting && (
        <div class={`said-rows ${density.value}`} style={{ height: `${6 * rowHeight}px` }}>
          <RowSkeletons count={6} height={rowHeight} />
        </div>
      )}
      {!waiting && ids.length === 0 && (
        <Blank icon={MessageSquare} title="Nothing was said yet">
          {nothing}
        </Blank>
      )}
      {ids.length > 0 && (
        <ol
          class={`said-rows ${density.value}`}
          aria-label="Feedback"
          style={{ height: `${ids.length * rowHeight}px` }}
        >
          {ids.map((id, index) => (
            <Row
              key={id}
              id={id}
              index={index}
              count={ids.length}
              top={index * rowHeight}
              height={rowHeight}
              open={false}
              plain
            />
          ))}
        </ol>
      )}
      {list.stuck.value && (
        <p class="more-failed" role="alert">
          {explain(list.stuck.value).what} The list above is not whole.
        </p>
      )}
      {!list.complete.value && !waiting && ids.length > 0 && (
        <p class="said-more">
          <Button look="outline" onClick={() => void list.more()}>
            Show more
          </Button>
          <span class="quiet">{plural(ids.length, 'item')} shown</span>
        </p>
      )}
    </section>
  )
}
