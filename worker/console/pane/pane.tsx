import { CircleAlert, MousePointerClick } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { openId } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { Button } from '../controls/button.tsx'
import { Keycap } from '../controls/keycap.tsx'
import { Blank } from '../controls/blank.tsx'
import { fetchOpen, list, openItem } from '../inbox/inbox.ts'
import { Item } from './item.tsx'
import { PaneHead } from './head.tsx'
import { PaneSkeleton } from './skeleton.tsx'

/** As frame.css has it. */
const oneViewAtATime = '(max-width: 759px)'

/** The reading pane: one item, whole. */
export function Pane() {
  const scroller = useRef<HTMLDivElement>(null)
  const { id, item, failure } = openItem.value
  const before = useRef<string | null>(null)
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    const left = before.current
    before.current = openId.value
    // Where list and item take turns, the focus goes with the view and comes back to the row it left.
    if (!matchMedia(oneViewAtATime).matches) return
    if (openId.value) scroller.current?.focus()
    else if (left) document.querySelector<HTMLElement>(`[data-item="${CSS.escape(left)}"] .row-link`)?.focus()
  }, [openId.value])

  return (
    <section class="pane" aria-label="Reading pane">
      {id && <PaneHead item={item} />}
      <div
        class="pane-scroll"
        ref={scroller}
        tabIndex={item ? 0 : undefined}
        role={item ? 'region' : undefined}
        aria-label={item ? 'Item' : undefined}
      >
        {!id && <NothingOpen />}
        {id && !item && !failure && <PaneSkeleton />}
        {failure && (
          <Blank
            icon={CircleAlert}
            title={explain(failure).what}
            alert
            action={
              <Button look="outline" onClick={() => void fetchOpen()}>
                Try again
              </Button>
            }
          >
            {explain(failure).next}
          </Blank>
        )}
        {item && <Item item={item} />}
      </div>
    </section>
  )
}

/** Where the list is empty, or did not come, there is nothing to choose. */
function NothingOpen() {
  const isEmpty = list.phase.value !== 'loading' && list.ids.value.length === 0
  return (
    <Blank icon={MousePointerClick} title="Nothing open">
      {isEmpty ? (
        'Here an item is read: the words, the picture, the page and who said it.'
      ) : (
        <>
          Choose an item to read it, or press <Keycap of="j" />
        </>
      )}
    </Blank>
  )
}
