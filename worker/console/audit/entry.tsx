import { ArrowRight, Bot, ChevronDown, ChevronRight, KeyRound, Server } from 'lucide'
import { useId, useState } from 'preact/hooks'
import type { AuditEntry } from '../../../sdk/wire/index.ts'
import { followTo, placeHref } from '../address/address.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { exactTime } from '../controls/moment.ts'
import { Time } from '../controls/time.tsx'
import { initials } from '../triage/assignee.tsx'
import { type Change, changesOf } from './changes.ts'
import { wording } from './names.ts'
import { withValue } from './query.ts'
import { nameOfActor, type Names, type Sentence, summaryOf, tell } from './sentence.ts'
import { whereIs } from './thing.ts'

/** So many fields are shown at once; the others with the details. */
const shownChanges = 4

/** One change: who did what, and what became of what. */
export function Entry({ of, names }: { of: AuditEntry; names: Names }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const changes = changesOf(of, wording)
  const shown = isOpen ? changes : changes.slice(0, shownChanges)
  const summary = summaryOf(of)
  const who = nameOfActor(of.actor)
  return (
    <li class="audit-entry">
      <ActorMark of={of.actor} />
      <div class="audit-body">
        <p class="audit-sentence">
          <b dir="auto">{who}</b> <Told of={tell(of, names)} entry={of} />
        </p>
        {summary && <p class="audit-summary">{summary}</p>}
        {shown.length > 0 && <Changes of={shown} />}
        {shown.length < changes.length && (
          <button type="button" class="text-button audit-all" onClick={() => setOpen(true)}>
            Show all {changes.length.toLocaleString()}
          </button>
        )}
        {isOpen && <Details of={of} id={id} />}
      </div>
      <Time at={of.at} class="audit-time" />
      <Button
        icon={isOpen ? ChevronDown : ChevronRight}
        label={`${isOpen ? 'Hide' : 'Show'} details`}
        expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
    </li>
  )
}

function Told({ of: { did, thing, after }, entry }: { of: Sentence; entry: AuditEntry }) {
  const where = thing === '' ? null : whereIs(entry)
  return (
    <>
      {did}{' '}
      {where ? (
        <a
          class="audit-thing"
          href={placeHref(where.place, { item: null, ...where.next })}
          onClick={(event) => followTo(event, where.place, { item: null, ...where.next })}
        >
          <bdi>{thing}</bdi>
        </a>
      ) : (
        <bdi>{thing}</bdi>
      )}{' '}
      {after}
    </>
  )
}

const marks = { key: KeyRound, operator: Server, system: Bot }

function ActorMark({ of: { type, name } }: { of: AuditEntry['actor'] }) {
  return (
    <span class="assignee-mark audit-mark" aria-hidden="true">
      {type === 'member' ? initials(name ?? '?') : <Icon of={marks[type]} size={14} />}
    </span>
  )
}

function Changes({ of }: { of: readonly Change[] }) {
  return (
    <dl class="audit-changes">
      {of.map(({ label, before, after }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>
            {before !== null && (
              <>
                <span class="hidden-text">was </span>
                <bdi class="audit-before">{before}</bdi> <Icon of={ArrowRight} size={12} class="audit-arrow" />
                <span class="hidden-text">, became </span>{' '}
              </>
            )}
            {after === null ? <span class="quiet">nothing</span> : <bdi>{after}</bdi>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What somebody needs who looks into it: the exact time, and the names that the API and the logs know. */
function Details({ of, id }: { of: AuditEntry; id: string }) {
  const { target } = of
  const about = { at: 'audit', query: withValue('', 'target', target?.id ?? '', 'UTC') } as const
  return (
    <dl class="audit-details" id={id}>
      <Detail name="When">{exactTime(of.at)}</Detail>
      <Detail name="Action" isCode>
        {of.action}
      </Detail>
      {of.actor.id !== null && (
        <Detail name="By" isCode>
          {`${of.actor.type}:${of.actor.id}`}
        </Detail>
      )}
      {target && (
        <Detail name="Thing" isCode>
          {`${target.type} ${target.id}`}
        </Detail>
      )}
      {of.requestId !== null && (
        <Detail name="Request" isCode>
          {of.requestId}
        </Detail>
      )}
      {target && (
        <div>
          <dt class="hidden-text">More</dt>
          <dd class="audit-about">
            <a class="audit-thing" href={placeHref(about)} onClick={(event) => followTo(event, about)}>
              Everything that was done to it
            </a>
          </dd>
        </div>
      )}
    </dl>
  )
}

function Detail({ name, isCode = false, children }: { name: string; isCode?: boolean; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isCode ? <code>{children}</code> : children}</dd>
    </div>
  )
}
