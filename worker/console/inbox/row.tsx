import { Check } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { filters, follow, hrefOf } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { Time } from '../controls/time.tsx'
import { LabelChip } from '../triage/label.tsx'
import { statusLabel, StatusIcon } from '../triage/status.tsx'
import { items } from '../triage/workspace.ts'
import { selected, selectTo, toggleSelected } from './inbox.ts'
import { KindMark } from './kind.tsx'
import { unmatched } from './match.ts'
import { RatingMark, ratingTitle } from './rating.tsx'

interface RowProps {
  id: string
  index: number
  count: number
  top: number
  height: number
  open: boolean
}

/** One item of the list. A link, so that a middle click opens a tab; the tick box stands beside it, not in it. */
export function Row({ id, index, count, top, height, open }: RowProps) {
  const item = items.get(id)?.value
  if (!item) return null
  const ticked = selected.value.has(id)
  const gone = unmatched(item, filters.value) !== null
  return (
    <li
      class={`row ${open ? 'open' : ''} ${ticked ? 'ticked' : ''} ${gone ? 'gone' : ''} ${item.status === 'new' ? 'fresh' : ''}`}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      data-item={id}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <label class="tick">
        <input
          type="checkbox"
          checked={ticked}
          aria-label={`Select: ${summary(item).slice(0, 60)}`}
          onClick={(event) => {
            if (event.shiftKey) selectTo(id)
            else toggleSelected(id)
          }}
        />
        <span class={ticked ? 'box checked' : 'box'}>{ticked && <Icon of={Check} size={12} />}</span>
      </label>
      <a
        class="row-link"
        href={hrefOf({ item: id })}
        aria-current={open ? 'true' : undefined}
        draggable={false}
        onClick={(event) => {
          if (event.shiftKey && selected.value.size > 0) {
            event.preventDefault()
            selectTo(id)
          } else follow(event, { item: id })
        }}
      >
        <span class="row-status" title={statusLabel(item.status)}>
          <StatusIcon of={item.status} />
          <span class="hidden-text">{statusLabel(item.status)}</span>
        </span>
        <span class="row-main">
          <span class="row-words" dir="auto">
            {summary(item)}
          </span>
          <RowMeta item={item} />
        </span>
        <span class="row-side">
          <Time at={item.createdAt} class="row-time" />
          {item.rating && <RatingMark of={item.rating} />}
        </span>
      </a>
    </li>
  )
}

function RowMeta({ item }: { item: Feedback }) {
  const [first, ...others] = item.labels
  return (
    <span class="row-meta">
      <KindMark of={item.kind} />
      <span class="row-who" dir="auto">
        {speaker(item)}
      </span>
      {first !== undefined && <LabelChip name={first} />}
      {others.length > 0 && (
        <span class="row-more" title={others.join(', ')}>
          +{others.length}
        </span>
      )}
    </span>
  )
}

/** The words on one line; where only a score was given, the score in words. */
export function summary(item: Feedback): string {
  const words = item.message.replaceAll(/\s+/g, ' ').trim()
  if (words) return words.slice(0, 300)
  return item.rating ? `${ratingTitle(item.rating)}, without words` : 'No words'
}

export function speaker({ person, email }: Feedback): string {
  const name = person?.name ?? person?.email ?? email ?? person?.id ?? 'Anonymous'
  return person?.account ? `${name}, ${person.account.name ?? person.account.id}` : name
}
