import { Plus } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { openId, setFilters } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { Time } from '../controls/time.tsx'
import { fieldOf } from '../filters/fields.ts'
import { openUnmatched, shownIds } from '../inbox/inbox.ts'
import { KindMark } from '../inbox/kind.tsx'
import { Marked } from '../inbox/marked.tsx'
import { RatingScaleBar } from '../inbox/rating.tsx'
import { removeLabel } from '../triage/commands.ts'
import { LabelChip } from '../triage/label.tsx'
import { ContextObjects } from './context.tsx'
import { Crumbs } from './crumbs.tsx'
import { Facts } from './facts.tsx'
import { BlackOutButton } from './black-out.tsx'
import { MergedHere, MergedInto } from './merged.tsx'
import { IntakeNotes } from './notes.tsx'
import { Person } from './person.tsx'
import { Answers } from './answers.tsx'
import { Screened } from './screened.tsx'
import { Attachments } from './attachments.tsx'
import { TeamNotes } from './team-notes.tsx'

/** The words first and loudest, then everything known about them. */
export function Item({ item }: { item: Feedback }) {
  return (
    <article class="item">
      <div class="item-main">
        <Unmatched />
        <MergedInto item={item} />
        <Screened item={item} />
        <h2 class="item-head">
          <KindMark of={item.kind} />
          <span class="reference" title="Reference">
            {item.reference}
          </span>
          <Time at={item.createdAt} />
        </h2>
        {item.rating && <RatingScaleBar of={item.rating} />}
        {item.message ? (
          <div class="words" dir="auto">
            <Marked text={item.message} />
          </div>
        ) : (
          <p class="no-words">
            {item.reducedAt ? (
              <>
                The project’s retention took its words <Time at={item.reducedAt} />.
              </>
            ) : (
              'No words came with it.'
            )}
          </p>
        )}
        <Labels item={item} />
        <Attachments key={item.id} item={item} />
        {item.survey && <Answers survey={item.survey} />}
        <TeamNotes item={item} />
        <MergedHere item={item} />
        {item.crumbs && item.crumbs.length > 0 && <Crumbs crumbs={item.crumbs} end={item.createdAt} />}
        {item.context && <ContextObjects context={item.context} />}
        {item.notes && item.notes.length > 0 && <IntakeNotes notes={item.notes} />}
        <BlackOutButton />
      </div>
      <aside class="item-side" aria-label="Details">
        <Person item={item} />
        <Facts item={item} />
      </aside>
    </article>
  )
}

function Unmatched() {
  const name = openUnmatched.value
  const listed = shownIds.value.includes(openId.value ?? '')
  const what = name === 'spam' ? 'spam' : fieldOf(name ?? '').label.toLowerCase()
  return (
    <div role="status">
      {name && (
        <p class="unmatched">
          {listed ? 'No longer matches' : 'Does not match'} the filter ({what}). It stays open until you go on.
        </p>
      )}
    </div>
  )
}

function Labels({ item }: { item: Feedback }) {
  return (
    <div class="labels">
      {item.labels.map((label) => (
        <LabelChip
          key={label}
          name={label}
          onFilter={() => setFilters(new Map([['label', [label]]]))}
          {...(mayEdit.value && { onRemove: () => removeLabel(label, [item.id]) })}
        />
      ))}
      {mayEdit.value && (
        <button
          type="button"
          class="add-label"
          aria-haspopup="dialog"
          onClick={(event) => open({ shows: 'labels', anchor: event.currentTarget })}
        >
          <Icon of={Plus} size={12} />
          Label
        </button>
      )}
    </div>
  )
}
