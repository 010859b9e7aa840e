import { CircleAlert, Lock, RotateCw, ScrollText } from 'lucide'
import { useState } from 'preact/hooks'
import type { AuditEntry } from '../../../sdk/wire/index.ts'
import { goTo, place } from '../address/address.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { isAdmin, project } from '../collector/session.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { dayIn } from '../controls/moment.ts'
import { addSheet } from '../controls/sheet.ts'
import { plural, totalInWords } from '../controls/total.ts'
import { PlaceFrame } from '../frame/place.tsx'
import css from './audit.css'
import { dayInWords } from './day.ts'
import { Entry } from './entry.tsx'
import { AuditFilters } from './filters.tsx'
import { type Log, useLog } from './log.ts'
import { useNames } from './names.ts'
import type { Names } from './sentence.ts'

addSheet(css)

/** Who changed what, the newest first. Only admins see it. */
export default function AuditView() {
  const { value } = place
  const query = value.at === 'audit' ? value.query : ''
  const [round, setRound] = useState(0)
  const names = useNames()
  const log = useLog(query, round, isAdmin.value)
  const again = () => setRound(round + 1)
  if (!isAdmin.value || isForbidden(log.failure)) return <NotAllowed />
  return (
    <PlaceFrame
      title="Audit log"
      actions={<Button icon={RotateCw} label="Look for newer entries" onClick={again} />}
      below={<AuditFilters query={query} members={names.members} keys={names.keys} />}
    >
      <div class="audit" aria-busy={log.isBusy}>
        <p class="audit-total" role="status">
          {foundInWords(log, query)}
        </p>
        <Body log={log} query={query} names={names} onAgain={again} />
      </div>
    </PlaceFrame>
  )
}

const isForbidden = (failure: Failure | null): boolean =>
  failure?.because === 'refused' && failure.problem.code === 'no-scope'

function NotAllowed() {
  return (
    <PlaceFrame title="Audit log">
      <Blank icon={Lock} title="Only admins see the audit log">
        It says who changed what, and what stood there before. Ask an admin of the project.
      </Blank>
    </PlaceFrame>
  )
}

function foundInWords({ total, entries, failure }: Log, query: string): string {
  if (total === null || failure || !entries?.length) return ''
  const [noun, verb] = total.count === 1 ? ['change', 'fits'] : ['changes', 'fit']
  return `${totalInWords(total)} ${noun}${query === '' ? '' : ` ${verb}`}`
}

interface BodyProps {
  log: Log
  query: string
  names: Names
  onAgain: () => void
}

function Body({ log, query, names, onAgain }: BodyProps) {
  const { entries, failure } = log
  if (failure) return <NotLoaded failure={failure} query={query} onAgain={onAgain} />
  if (entries === null) return <Bones />
  if (entries.length === 0) return <Nothing query={query} />
  const today = dayIn(zone(), Date.now())
  return (
    <>
      {daysOf(entries).map(([day, items]) => (
        <section key={day} class="audit-day" aria-label={dayInWords(day, today)}>
          <h3>{dayInWords(day, today)}</h3>
          <ol>
            {items.map((entry) => (
              <Entry key={entry.id} of={entry} names={names} />
            ))}
          </ol>
        </section>
      ))}
      {log.stuck && (
        <p class="audit-stuck" role="alert">
          {explain(log.stuck).what} The list above is not whole.
        </p>
      )}
      {log.hasMore && (
        <p class="audit-more">
          <Button look="outline" disabled={log.isBusy} onClick={log.more}>
            Show older
          </Button>
          <span class="quiet">{plural(entries.length, 'change')} shown</span>
        </p>
      )}
    </>
  )
}

const zone = (): string => project.value?.timeZone ?? 'UTC'

/** The entries by day of the project, in their order. */
function daysOf(entries: readonly AuditEntry[]): [day: string, entries: AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>()
  for (const entry of entries) {
    const day = dayIn(zone(), Date.parse(entry.at))
    const known = days.get(day)
    if (known) known.push(entry)
    else days.set(day, [entry])
  }
  return [...days]
}

const clear = (
  <Button look="outline" onClick={() => goTo({ at: 'audit', query: '' })}>
    Clear filters
  </Button>
)

function Nothing({ query }: { query: string }) {
  if (query !== '') {
    return (
      <Blank icon={ScrollText} title="Nothing that fits was done" action={clear}>
        Look at other days, or at everybody.
      </Blank>
    )
  }
  return (
    <Blank icon={ScrollText} title="Nothing was changed yet">
      Whatever somebody changes here, or a key does, stands on this page from then on.
    </Blank>
  )
}

function NotLoaded({ failure, query, onAgain }: { failure: Failure; query: string; onAgain: () => void }) {
  const { what, next } = explain(failure)
  const isAddress = failure.because === 'refused' && failure.problem.status === 400 && query !== ''
  const again = (
    <Button look="outline" onClick={onAgain}>
      Try again
    </Button>
  )
  return (
    <Blank icon={CircleAlert} title={what} action={isAddress ? clear : again} alert>
      {next}
    </Blank>
  )
}

/** Entries that are on their way, in the shape they will have. */
function Bones() {
  return (
    <div class="audit-day" role="group" aria-label="Loading">
      {[52, 64, 40, 58, 46, 60].map((width) => (
        <div key={width} class="audit-entry">
          <span class="bone audit-mark-bone" />
          <div class="audit-body">
            <span class="bone" style={{ width: `${width}%` }} />
          </div>
        </div>
      ))}
    </div>
  )
}
