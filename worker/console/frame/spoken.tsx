import { useEffect, useRef, useState } from 'preact/hooks'
import { listQuery, place } from '../address/address.ts'
import { totalInWords } from '../controls/total.ts'
import { list, startsAt } from '../inbox/inbox.ts'

/** Said in a list that holds more than what all the words are in. */
const loosened = 'Few items hold all these words, so items that hold only some of them are listed too.'

/** For whoever hears the page: which view is on screen since the last step, and how much it lists. */
export function Spoken({ title }: { title: string }) {
  const [text, setText] = useState('')
  const asked = useRef<string | null>(null)
  const isInbox = place.value.at === 'inbox'
  const key = isInbox ? `${listQuery.value} ${startsAt.value ?? ''}` : place.value.at
  const now = isInbox ? listed(title) : title
  useEffect(() => {
    if (now === null || asked.current === key) return
    // At first the page's own title says it.
    if (asked.current !== null) setText((before) => (before === now ? `${now}\u00a0` : now))
    asked.current = key
  }, [key, now])
  return (
    <p class="hidden-text" role="status">
      {text}
    </p>
  )
}

/** Null while it is not known; a list that failed is an alert of its own. */
function listed(title: string): string | null {
  const total = list.total.value
  if (list.phase.value !== 'ready' || total === null) return null
  const items = total.count === 0 ? 'no items' : `${totalInWords(total)} ${total.count === 1 ? 'item' : 'items'}`
  return `${title}: ${items}${list.relaxed.value && total.count > 0 ? `. ${loosened}` : ''}`
}
