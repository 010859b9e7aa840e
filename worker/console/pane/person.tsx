import { BadgeCheck, CircleHelp, ListFilter } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { followTo, placeHref, setFilters, type Place } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { isolate } from '../controls/isolate.ts'
import { nameOf, selectorOf } from '../people/who.ts'
import { Fact, FactList } from './fact.tsx'
import { SaidBefore } from './history.tsx'

/** Who said it, whether that is certain, and whom they belong to. */
export function Person({ item }: { item: Feedback }) {
  const { person, email } = item
  const name = nameOf(item)
  const who = selectorOf(item)
  const at: Place | null = who === null ? null : { at: 'people', id: who }
  const account = person?.account
  const why = item.notes?.find(({ path, code }) => path === 'token' && code === 'unverified')?.detail
  const reason = why ?? (person && name ? whyVerified(item) : null)
  return (
    <section class="person" aria-label="Person">
      <div class="person-head">
        <span class={name ? 'avatar' : 'avatar nobody'} aria-hidden="true">
          <bdi>{name ? initials(name) : '?'}</bdi>
        </span>
        <div class="person-names">
          {at ? (
            <a class="person-name" dir="auto" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
              {name ?? 'Anonymous'}
            </a>
          ) : (
            <span class="person-name" dir="auto">
              {name ?? 'Anonymous'}
            </span>
          )}
          {person && <Verified verified={person.verified} />}
        </div>
        {person?.id && <FilterButton name="person" value={person.id} label="Everything this person said" />}
      </div>
      {reason && <p class="person-why">{reason}</p>}
      <FactList>
        {(person?.email ?? email) && (
          <Fact name="E-mail">
            <Email address={person?.email ?? email ?? ''} />
            {item.mayContact && <span class="quiet"> (may be contacted)</span>}
          </Fact>
        )}
        {item.mayContactVersion && <Fact name="Agreed to">wording {item.mayContactVersion}</Fact>}
        {person?.id && <Fact name="Id">{person.id}</Fact>}
        {account && (
          <Fact
            name="Account"
            action={<FilterButton name="account" value={account.id} label="Everything this account said" />}
          >
            <a
              class="fact-link"
              href={placeHref({ at: 'accounts', id: account.id })}
              onClick={(event) => followTo(event, { at: 'accounts', id: account.id })}
            >
              <bdi>{account.name ?? account.id}</bdi>
            </a>
          </Fact>
        )}
        {account?.plan && <Fact name="Plan">{account.plan}</Fact>}
        {account?.revenue !== undefined && <Fact name="Revenue">{account.revenue.toLocaleString()} a year</Fact>}
        {Object.entries(person?.traits ?? {}).map(([trait, value]) => (
          <Fact
            key={trait}
            name={trait}
            action={<FilterButton name={`trait.${trait}`} value={String(value)} label={`Filter by ${trait}`} />}
          >
            {String(value)}
          </Fact>
        ))}
      </FactList>
      <SaidBefore item={item} />
    </section>
  )
}

/** In one sentence, since whether somebody is who they say decides what their words weigh. */
function whyVerified({ person, source }: Feedback): string {
  if (!person?.verified) return 'A page says who this is; nothing proves it.'
  return source === 'import' ? 'The import it came with says who this is.' : 'A signed token says who this is.'
}

/** Breaks after the @ where it has to break. */
export function Email({ address }: { address: string }) {
  const at = address.lastIndexOf('@') + 1
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  )
}

function Verified({ verified }: { verified: boolean }) {
  return verified ? (
    <span class="verified tone-good" title="A signed token says who this is, or the import it came with.">
      <Icon of={BadgeCheck} size={14} /> Verified
    </span>
  ) : (
    <span class="verified quiet" title="The page says who this is; nothing proves it.">
      <Icon of={CircleHelp} size={14} /> Not verified
    </span>
  )
}

export function FilterButton({ name, value, label }: { name: string; value: string; label: string }) {
  return (
    <button
      type="button"
      class="fact-filter"
      title={isolate(label)}
      aria-label={label}
      onClick={() => setFilters(new Map([[name, [value]]]))}
    >
      <Icon of={ListFilter} size={14} />
    </button>
  )
}

/** One or two letters, whole ones in every script. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const chosen = name.includes('@') ? words.slice(0, 1) : [words.at(0), words.length > 1 ? words.at(-1) : '']
  return chosen
    .map((word) => word?.match(/^./u)?.[0] ?? '')
    .join('')
    .toUpperCase()
}
