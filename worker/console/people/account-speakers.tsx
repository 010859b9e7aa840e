import { BadgeCheck } from 'lucide'
import type { AccountSpeaker } from '../../../sdk/wire/index.ts'
import { followTo, placeHref, type Place } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { listAccountPeople } from '../collector/people.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Icon } from '../controls/icon.tsx'
import { Time } from '../controls/time.tsx'
import { plural } from '../controls/total.ts'

/** Who spoke for the account, the most talkative first; each leads to their own place. */
export function AccountSpeakers({ id }: { id: string }) {
  const { value, failure } = useAnswer((given) => listAccountPeople(id, given), [id])
  if (failure) return <p class="quiet who-note">{explain(failure).what}</p>
  if (!value || value.items.length === 0) return null
  const { items, looked } = value
  return (
    <section class="who-record" aria-label="People">
      <h3 class="side-title">
        {plural(items.filter((one) => one.id !== null).length, 'person').replace('persons', 'people')}
      </h3>
      <ul class="speakers">
        {items.map((speaker) => (
          <li key={speaker.id ?? ''}>
            <Speaker of={speaker} />
          </li>
        ))}
      </ul>
      {!looked.exact && <p class="quiet who-note">Of the latest {looked.count.toLocaleString()} items.</p>}
    </section>
  )
}

function Speaker({ of }: { of: AccountSpeaker }) {
  const name = of.name ?? of.email ?? of.id ?? 'Without an id'
  const at: Place | null = of.id === null ? null : { at: 'people', id: of.uuid ?? `external:${of.id}` }
  const facts = (
    <>
      <span class="speaker-name" dir="auto">
        {name}
      </span>
      {of.verified && (
        <span class="tone-good" title="Verified">
          <Icon of={BadgeCheck} size={14} />
          <span class="hidden-text">Verified</span>
        </span>
      )}
      <span class="spring" />
      <span class="quiet">{plural(of.count, 'item')}</span>
      <Time at={of.lastAt} class="speaker-time" />
    </>
  )
  if (!at) return <span class="speaker">{facts}</span>
  return (
    <a class="speaker" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
      {facts}
    </a>
  )
}
