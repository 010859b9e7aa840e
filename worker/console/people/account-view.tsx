import { addPeopleSheet } from './sheet.ts'
import { CircleAlert, Inbox, Pencil } from 'lucide'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { AccountRecord, Feedback } from '../../../sdk/wire/index.ts'
import { close, open, overlay } from '../actions/overlay.ts'
import { go, place } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { useReturn } from '../collector/use-return.ts'
import { listFeedback } from '../collector/feedback.ts'
import { readAccount } from '../collector/people.ts'
import { mayEdit } from '../collector/session.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { FactList } from '../pane/fact.tsx'
import { items } from '../triage/workspace.ts'
import { AccountSpeakers } from './account-speakers.tsx'
import { EditAccount } from './edit-dialog.tsx'
import { Known, KnownTraits } from './known.tsx'
import { SaidList } from './said-list.tsx'
import { accountQuery, createAccountList } from './said.ts'
import { Scores } from './scores.tsx'

addPeopleSheet()

/** An account: everything its people said, who they are, and what it is worth. */
export default function AccountView() {
  const at = place.value
  return at.at === 'accounts' ? <Account key={at.id} id={at.id} /> : null
}

/** As many scores as one answer holds; older ones stand in the list. */
const scoresMax = 200

function Account({ id }: { id: string }) {
  const list = useMemo(createAccountList, [id])
  const [saved, setSaved] = useState<AccountRecord | null>(null)
  const [round, setRound] = useState(0)
  const asked = useAnswer((given) => readAccount(id, given), [id, round])
  const rated = useAnswer(
    (given) => listFeedback(new URLSearchParams(`${accountQuery(id)}&min=0&limit=${scoresMax}`), given),
    [id, round],
  )
  useEffect(() => {
    void list.load(accountQuery(id))
    return close
  }, [list])
  const record = saved ?? asked.value
  const [latest] = list.ids.value.flatMap((one) => items.get(one)?.value ?? [])
  const name = record?.name ?? latest?.person?.account?.name ?? id
  const failure = list.phase.value === 'failed' ? list.failure.value : null
  useReturn(failure, () => void list.load(accountQuery(id)))
  const isUnknown = asked.failure?.because === 'refused' && asked.failure.problem.code === 'not-found'
  const trouble = isUnknown ? null : asked.failure
  const again = () => {
    setRound(round + 1)
    if (failure) void list.load(accountQuery(id))
  }
  if (failure) {
    const { what, next } = explain(failure)
    const button = (
      <Button look="outline" onClick={again}>
        Try again
      </Button>
    )
    return (
      <PlaceFrame title="Account">
        <Blank icon={CircleAlert} title={what} action={button} alert>
          {next}
        </Blank>
      </PlaceFrame>
    )
  }
  return (
    <PlaceFrame
      title={name}
      actions={
        <>
          <Button icon={Inbox} onClick={() => go({ filters: new Map([['account', [id]]]), item: null })}>
            <span class="wide-only">List in the inbox</span>
            <span class="narrow-word">Inbox</span>
          </Button>
          {mayEdit.value && (
            <Button icon={Pencil} look="outline" popup="dialog" onClick={() => open({ shows: 'edit-account' })}>
              Edit
            </Button>
          )}
        </>
      }
    >
      {trouble && (
        <p class="more-failed" role="alert">
          {explain(trouble).what} {explain(trouble).next}{' '}
          <button type="button" class="text-button" onClick={again}>
            Try again
          </button>
        </p>
      )}
      <div class="who">
        <div class="who-main">
          <Scores said={rated.value?.items ?? []} />
          <SaidList list={list} nothing="Nobody of this account has said anything so far." />
        </div>
        <aside class="who-side" aria-label="What is known">
          {!trouble && <Worth record={record} latest={latest} />}
          <section class="who-record" aria-label="Known">
            <h3 class="side-title">Known of it</h3>
            <FactList>
              <Known name="Id" value={id} source={undefined} />
              {record?.name && <Known name="Name" value={record.name} source={record.sources['name']} />}
              {record?.plan && <Known name="Plan" value={record.plan} source={record.sources['plan']} />}
              {record?.revenue !== undefined && (
                <Known
                  name="Revenue"
                  value={`${record.revenue.toLocaleString()} a year`}
                  source={record.sources['revenue']}
                />
              )}
              {record && <KnownTraits traits={record.traits} sources={record.sources} />}
            </FactList>
            {isUnknown && !record && (
              <p class="quiet who-note">
                No signed token and nobody of the team has said anything of this account yet.
              </p>
            )}
          </section>
          <AccountSpeakers id={id} />
        </aside>
      </div>
      {overlay.value?.shows === 'edit-account' && <EditAccount id={id} record={record} onSaved={setSaved} />}
    </PlaceFrame>
  )
}

/** What the account pays: the number first, since it is what people come for. */
function Worth({ record, latest }: { record: AccountRecord | null; latest: Feedback | undefined }) {
  const claimed = latest?.person?.account?.plan
  return (
    <dl class="worth">
      <div>
        <dt>Revenue a year</dt>
        <dd>
          {record?.revenue === undefined ? <span class="quiet">Not known</span> : record.revenue.toLocaleString()}
        </dd>
      </div>
      <div>
        <dt>Plan</dt>
        <dd>
          {(record?.plan ?? claimed) ? <bdi>{record?.plan ?? claimed}</bdi> : <span class="quiet">Not known</span>}
          {!record?.plan && claimed && <span class="quiet worth-note"> as a page says</span>}
        </dd>
      </div>
    </dl>
  )
}
