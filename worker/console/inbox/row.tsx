import { Check, Image, Merge, ShieldAlert } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { filters, follow, itemHref, words } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { Time } from '../controls/time.tsx'
import { plural } from '../controls/total.ts'
import { AssigneeMark } from '../triage/assignee.tsx'
import { LabelChip } from '../triage/label.tsx'
import { reasonTitle } from '../triage/screened.ts'
import { statusLabel, StatusIcon } from '../triage/status.tsx'
import { items } from '../triage/workspace.ts'
import { firstSeenId } from '../views/news-line.tsx'
import { excerpt, searchTerms } from './highlight.ts'
import { selected, selectTo, toggleSelected } from './inbox.ts'
import { KindMark } from './kind.tsx'
import { Marked } from './marked.tsx'
import { unmatched } from './match.ts'
import { RatingMark, ratingTitle } from './rating.tsx'
import { wordsOf } from './words-of.ts'

/** As much of a message as a row may ever need; hits further down are seen in the reading pane. */
const summaryMaxChars = 2_000

interface RowProps {
  id: string
  index: number
  count: number
  top: number
  height: number
  open: boolean
  /** Whether Tab stops at it: a long list is one stop, and the arrows move in it. */
  stop?: boolean
  /** Somewhere else than in the inbox: nothing to select, and no filter that it might not match. */
  plain?: boolean
  /** Called when somebody opens it. */
  onOpen?: () => void
}

/** One item of the list. A link, so that a middle click opens a tab; the tick box stands beside it, not in it. */
export function Row({ id, index, count, top, height, open, stop = true, plain = false, onOpen }: RowProps) {
  const item = items.get(id)?.value
  if (!item) return null
  const ticked = selected.value.has(id)
  const gone = !plain && unmatched(item, filters.value) !== null
  return (
    <li
      class={`row ${open ? 'open' : ''} ${ticked ? 'ticked' : ''} ${gone ? 'gone' : ''} ${item.status === 'new' ? 'fresh' : ''}`}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      data-item={id}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      {!plain && (
        <label class="tick">
          <input
            type="checkbox"
            checked={ticked}
            tabIndex={stop ? 0 : -1}
            aria-label={`Select: ${summary(item).slice(0, 60)}`}
            onClick={(event) => {
              if (event.shiftKey) selectTo(id)
              else toggleSelected(id)
            }}
          />
          <span class={ticked ? 'box checked' : 'box'}>{ticked && <Icon of={Check} size={12} />}</span>
        </label>
      )}
      <a
        class="row-link"
        href={itemHref(id)}
        aria-current={open ? 'true' : undefined}
        draggable={false}
        tabIndex={stop ? 0 : -1}
        onClick={(event) => {
          if (event.shiftKey && selected.value.size > 0) {
            event.preventDefault()
            selectTo(id)
          } else {
            onOpen?.()
            follow(event, { item: id })
          }
        }}
      >
        <span class="row-status" title={statusLabel(item.status)}>
          <StatusIcon of={item.status} />
          <span class="hidden-text">{statusLabel(item.status)}</span>
        </span>
        <span class="row-main">
          {id === firstSeenId.value && <span class="hidden-text">Here at your last visit, as all below.</span>}
          <span class={wordsOf(item) ? 'row-words' : 'row-words wordless'} dir="auto">
            <Marked text={excerpt(summary(item), searchTerms(words.value))} />
          </span>
          <RowMeta item={item} />
        </span>
        <span class="row-side">
          <Time at={item.createdAt} class="row-time" />
          <span class="row-foot">
            {item.rating && <RatingMark of={item.rating} />}
            {item.assignee !== undefined && <AssigneeMark of={item.assignee} />}
          </span>
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
      {item.spam && <SpamMark item={item} />}
      <ImagesMark item={item} />
      {item.mergedInto !== undefined && (
        <span class="row-images" title="Merged into another item">
          <Icon of={Merge} size={12} />
          <span class="hidden-text">Merged into another item</span>
        </span>
      )}
      <Speaker item={item} />
      {first !== undefined && <LabelChip name={first} />}
      {others.length > 0 && (
        <span class="row-more" title={others.join(', ')}>
          +{others.length}
        </span>
      )}
    </span>
  )
}

/** Why an item is in the spam tray. */
function SpamMark({ item: { screened } }: { item: Feedback }) {
  const reasons = screened?.reasons ?? []
  return (
    <span class="row-spam" title={reasons.map(({ detail }) => detail).join('; ')}>
      <Icon of={ShieldAlert} size={12} />
      <span>{reasons.map(reasonTitle).join(', ') || 'Spam'}</span>
    </span>
  )
}

/** Says that something can be looked at; what is only announced does not count. */
function ImagesMark({ item }: { item: Feedback }) {
  const count = item.attachments?.filter(({ url }) => url !== undefined).length ?? 0
  if (count === 0) return null
  return (
    <span class="row-images" title={plural(count, 'image')}>
      <Icon of={Image} size={12} />
      <span class="hidden-text">{plural(count, 'image')}</span>
    </span>
  )
}

/** The words on one line; where only a score was given, the score in words. */
export function summary(item: Feedback): string {
  const said = wordsOf(item).slice(0, summaryMaxChars).replaceAll(/\s+/g, ' ').trim()
  if (said) return said
  if (item.rating) return `${ratingTitle(item.rating)}, without words`
  return item.survey ? 'Answers to a survey' : 'No words'
}

/** Name and account, each on its own: one may run from right to left. */
function Speaker({ item: { person, email } }: { item: Feedback }) {
  const account = person?.account
  return (
    <span class="row-who">
      <bdi>{person?.name ?? person?.email ?? email ?? person?.id ?? 'Anonymous'}</bdi>
      {account && (
        <>
          {', '}
          <bdi>{account.name ?? account.id}</bdi>
        </>
      )}
    </span>
  )
}
