import { useEffect, useState } from 'preact/hooks'
import type { Feedback, Total } from '../../../sdk/wire/index.ts'
import { follow, followTo, itemHref, placeHref, type Place } from '../address/address.ts'
import { isolate } from '../controls/isolate.ts'
import { Time } from '../controls/time.tsx'
import { totalInWords } from '../controls/total.ts'
import { KindMark } from '../inbox/kind.tsx'
import { RatingMark } from '../inbox/rating.tsx'
import { summary } from '../inbox/row.tsx'
import { nameOf, selectorOf } from '../people/who.ts'
import { askHistory, type History } from './said-before.ts'

/** Who goes through the list fast asks nobody about each. */
const pauseMs = 250

/** What else this person and this account said: how much, and the latest few. */
export function SaidBefore({ item }: { item: Feedback }) {
  const [history, setHistory] = useState<History | null>(null)
  useEffect(() => {
    const given = new AbortController()
    setHistory(null)
    const timer = setTimeout(async () => {
      const found = await askHistory(item, given.signal)
      if (!given.signal.aborted) setHistory(found)
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [item.id])
  const who = selectorOf(item)
  const account = item.person?.account
  return (
    <>
      {who && (
        <Part
          title={`${nameOf(item) ? 'This person' : 'This device'} said`}
          at={{ at: 'people', id: who }}
          item={item}
          found={history?.person}
          only="Nothing else so far."
        />
      )}
      {account && (
        <Part
          title={`${account.name ?? account.id} said`}
          at={{ at: 'accounts', id: account.id }}
          item={item}
          found={history?.account}
          only="Nothing else by anybody of this account."
        />
      )}
    </>
  )
}

interface PartProps {
  title: string
  at: Place
  item: Feedback
  /** Undefined while it is asked for, null where it cannot be told now. */
  found: { items: Feedback[]; total: Total } | null | undefined
  only: string
}

function Part({ title, at, found, only }: PartProps) {
  return (
    <section class="said-before" aria-label={title} aria-busy={found === undefined}>
      <h3 class="side-title">
        <a class="said-title" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
          {isolate(title)} {found && <span class="said-count">{totalInWords(found.total)} in all</span>}
        </a>
      </h3>
      {found === undefined && <span class="bone line" />}
      {found === null && <p class="quiet said-none">Not known right now.</p>}
      {found && found.items.length === 0 && <p class="quiet said-none">{only}</p>}
      {found && found.items.length > 0 && (
        <ul>
          {found.items.map((one) => (
            <li key={one.id}>
              <a class="said-link" href={itemHref(one.id)} onClick={(event) => follow(event, { item: one.id })}>
                <span class="said-words" dir="auto">
                  {summary(one)}
                </span>
                <span class="said-meta">
                  <KindMark of={one.kind} />
                  {one.rating && <RatingMark of={one.rating} />}
                  <span class="spring" />
                  <Time at={one.createdAt} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
