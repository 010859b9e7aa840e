import { CircleAlert, Inbox, SearchX, ShieldCheck } from 'lucide'
import { filters, setFilters, setOptions, words } from '../address/address.ts'
import { withoutFilters } from '../address/view.ts'
import { explain, type Failure } from '../collector/answer.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { isolate } from '../controls/isolate.ts'
import { isUnused, StartLink } from '../setup/offer.tsx'
import { list, reload, startsAt } from './inbox.ts'

export function EmptyList() {
  const current = filters.value
  const clear = (
    <Button look="outline" onClick={() => setFilters(new Map())}>
      Show all feedback
    </Button>
  )
  if (startsAt.value !== null && (list.total.value?.count ?? 0) > 0) {
    const back = (
      <Button look="outline" onClick={() => setOptions({ start: null })}>
        Back to the beginning of the list
      </Button>
    )
    return (
      <Blank icon={Inbox} title="Nothing was said there" action={back}>
        The list has no items from that day on.
      </Blank>
    )
  }
  // Nothing can be found where nothing is.
  if (current.size === 0 || (isUnused.value && !current.has('environment') && !current.has('spam'))) {
    return (
      <Blank icon={Inbox} title="Nothing has come in yet" action={<StartLink />}>
        Put the widget on a page and send something through it; it stands here a moment later.
      </Blank>
    )
  }
  if (current.size === 1 && current.get('spam')?.[0] === 'only') {
    return (
      <Blank icon={ShieldCheck} title="No spam" action={clear}>
        What looks like spam is kept here, never thrown away.
      </Blank>
    )
  }
  if (words.value && current.size > 1) {
    const wider = (
      <Button look="outline" onClick={() => setFilters(withoutFilters(new Map(current), otherNames()))}>
        Search in everything
      </Button>
    )
    return (
      <Blank icon={SearchX} title={notFound()} action={wider}>
        The filters above narrow the search.
      </Blank>
    )
  }
  return (
    <Blank icon={words.value ? SearchX : Inbox} title={words.value ? notFound() : 'Nothing here'} action={clear}>
      {words.value ? 'Try fewer or other words, or a reference.' : 'No item matches these filters.'}
    </Blank>
  )
}

const notFound = (): string => isolate(`Nothing found for “${words.value}”`)

function otherNames(): string[] {
  return [...filters.peek().keys()].filter((name) => name !== 'q')
}

export function FailedList({ failure }: { failure: Failure }) {
  const { what, next } = explain(failure)
  const code = failure.because === 'refused' ? failure.problem.code : ''
  const startAtFault = failure.because === 'refused' && failure.problem.issues?.[0]?.path === 'start'
  const filterAtFault = code === 'unknown-filter' || code === 'bad-filter'
  const action = startAtFault ? (
    <Button look="outline" onClick={() => setOptions({ start: null })}>
      Back to the beginning of the list
    </Button>
  ) : filterAtFault ? (
    <Button look="outline" onClick={() => setFilters(new Map())}>
      Clear search and filters
    </Button>
  ) : (
    <Button look="outline" onClick={() => void reload()}>
      Try again
    </Button>
  )
  return (
    <Blank icon={CircleAlert} title={what} action={action} alert>
      {next}
    </Blank>
  )
}
