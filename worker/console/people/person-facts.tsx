import { BadgeCheck, Building2, CircleHelp, Inbox, Pencil } from 'lucide'
import type { Account, Feedback, PersonRecord } from '../../../sdk/wire/index.ts'
import { open } from '../actions/overlay.ts'
import { followTo, go, placeHref, type Place } from '../address/address.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { exactTime } from '../controls/moment.ts'
import { Fact, FactList } from '../pane/fact.tsx'
import { Email, initials } from '../pane/person.tsx'
import { Known, KnownTraits } from './known.tsx'

/** Who this is: what tokens and the team say, and apart from it what pages only claim. */
export function PersonFacts(props: { name: string; records: readonly PersonRecord[]; said: readonly Feedback[] }) {
  const { name, records, said } = props
  const account = records.find((record) => record.account)?.account ?? said.find(hasAccount)?.person?.account ?? null
  return (
    <>
      <div class="person-head">
        <span class="avatar" aria-hidden="true">
          <bdi>{initials(name)}</bdi>
        </span>
        <span class="person-names">
          <span class="person-name" dir="auto">
            {name}
          </span>
          <span class="quiet who-since">{knownSince(records, said)}</span>
        </span>
      </div>
      {records.map((record, index) =>
        // What pages claim is quieter where it is known better.
        index === 0 ? (
          <Record key={record.id} record={record} />
        ) : (
          <details key={record.id} class="who-claimed">
            <summary>What pages claim under the same id</summary>
            <Record record={record} />
          </details>
        ),
      )}
      {records.length === 0 && <Unrecorded said={said} />}
      {account && <AccountLink account={account} />}
    </>
  )
}

const hasAccount = ({ person }: Feedback): boolean => person?.account !== undefined

function knownSince(records: readonly PersonRecord[], said: readonly Feedback[]): string {
  const times = [...records.map(({ createdAt }) => createdAt), ...said.map(({ createdAt }) => createdAt)]
  const first = times.toSorted()[0]
  return first ? `Known since ${new Date(first).toLocaleDateString(undefined, { dateStyle: 'medium' })}` : ''
}

function Record({ record }: { record: PersonRecord }) {
  const { verified, sources, externalId } = record
  return (
    <section class="who-record" aria-label={verified ? 'Verified' : 'Claimed by pages'}>
      <header class="who-title">
        {verified ? (
          <h3 class="verified tone-good">
            <Icon of={BadgeCheck} size={14} /> Verified
          </h3>
        ) : (
          <h3 class="verified quiet">
            <Icon of={CircleHelp} size={14} /> Not verified
          </h3>
        )}
        <span class="spring" />
        {mayEdit.value && (
          <Button
            icon={Pencil}
            label={verified ? 'Edit what is known' : 'Edit what pages claim'}
            class="small"
            popup="dialog"
            onClick={() => open({ shows: 'edit-person', record })}
          />
        )}
      </header>
      <p class="quiet who-why">
        {verified
          ? 'A signed token, an import or the team says who this is.'
          : 'Pages say that this is who it is; nothing proves it.'}
      </p>
      <FactList>
        {record.name && <Known name="Name" value={record.name} source={sources['name']} />}
        {record.email && <Known name="E-mail" value={<Email address={record.email} />} source={sources['email']} />}
        <Fact name="Id" action={<InInbox filter={['person', externalId]} label="List what has this id in the inbox" />}>
          {externalId}
        </Fact>
        {record.account && <Known name="Account" value={record.account.id} source={sources['account']} />}
        <KnownTraits traits={record.traits} sources={sources} />
      </FactList>
    </section>
  )
}

/** Nobody with an id: what the latest item says is all there is. */
function Unrecorded({ said }: { said: readonly Feedback[] }) {
  const [latest] = said
  const email = latest?.person?.email ?? latest?.email
  return (
    <section class="who-record" aria-label="Not verified">
      <p class="quiet who-why">
        No id came with what they said, so nothing is kept beside it. These items share an e-mail address or a device.
      </p>
      <FactList>
        {email && (
          <Fact name="E-mail">
            <Email address={email} />
          </Fact>
        )}
        {latest?.person?.anonymousId && <Fact name="Device">{latest.person.anonymousId}</Fact>}
        {latest && <Fact name="Last seen">{exactTime(latest.createdAt)}</Fact>}
      </FactList>
    </section>
  )
}

function AccountLink({ account }: { account: Account }) {
  const at: Place = { at: 'accounts', id: account.id }
  return (
    <section class="who-record" aria-label="Account">
      <h3 class="side-title">Account</h3>
      <a class="who-account" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
        <Icon of={Building2} />
        <span class="who-account-name" dir="auto">
          {account.name ?? account.id}
        </span>
        <span class="quiet" dir="auto">
          {[account.plan, account.revenue === undefined ? '' : `${account.revenue.toLocaleString()} a year`]
            .filter(Boolean)
            .join(', ')}
        </span>
      </a>
    </section>
  )
}

/** Leads to the inbox, narrowed to one value. */
export function InInbox({ filter: [name, value], label }: { filter: [name: string, value: string]; label: string }) {
  return (
    <Button
      icon={Inbox}
      label={label}
      class="small"
      onClick={() => go({ filters: new Map([[name, [value]]]), item: null })}
    />
  )
}
