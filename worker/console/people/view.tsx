import { addPeopleSheet } from './sheet.ts'
import { CircleAlert, Download, Trash2 } from 'lucide'
import { useEffect, useMemo } from 'preact/hooks'
import type { Feedback, PersonRecord } from '../../../sdk/wire/index.ts'
import { close, open, overlay } from '../actions/overlay.ts'
import { place } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { useReturn } from '../collector/use-return.ts'
import { isAdmin, mayEdit } from '../collector/session.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { items } from '../triage/workspace.ts'
import { downloadPerson } from './download.ts'
import { EditPerson } from './edit-dialog.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { PersonFacts } from './person-facts.tsx'
import { SaidList } from './said-list.tsx'
import { createPerson } from './said.ts'
import { Scores } from './scores.tsx'
import { nameOf } from './who.ts'

addPeopleSheet()

/** Somebody: everything they ever said, what is known of them and who says so. */
export default function PersonView() {
  const at = place.value
  return at.at === 'people' ? <Person key={at.id} who={at.id} /> : null
}

function Person({ who }: { who: string }) {
  const person = useMemo(() => createPerson(who), [who])
  const { list, records } = person
  useEffect(() => {
    void list.load('')
    return close
  }, [list])
  const said = list.ids.value.flatMap((id) => items.get(id)?.value ?? [])
  const name = nameFrom(records.value, said) ?? who.replace(/^(external|email|anonymous):/, '')
  const failure = list.phase.value === 'failed' ? list.failure.value : null
  useReturn(failure, () => void list.load(''))
  const total = list.total.value
  const shown = overlay.value
  if (failure) {
    const { what, next } = explain(failure)
    return (
      <PlaceFrame title="Person">
        <Blank
          icon={CircleAlert}
          title={what}
          alert
          action={
            <Button look="outline" onClick={() => void list.load('')}>
              Try again
            </Button>
          }
        >
          {next}
        </Blank>
      </PlaceFrame>
    )
  }
  const isHere = list.phase.value === 'ready'
  return (
    <PlaceFrame
      title={isHere ? name : 'Person'}
      actions={
        isHere && (
          <>
            <Button icon={Download} onClick={() => void downloadPerson(who, name)}>
              <span class="who-download">{isAdmin.value ? 'Download everything' : 'Download what they said'}</span>
            </Button>
            {isAdmin.value && (
              <Button
                icon={Trash2}
                look="outline"
                class="danger-text"
                popup="dialog"
                onClick={() => open({ shows: 'erase-person' })}
              >
                Erase
              </Button>
            )}
          </>
        )
      }
    >
      <div class="who">
        <div class="who-main">
          <Scores said={said} />
          <SaidList list={list} nothing="The team knows them; nothing has come from them so far." />
        </div>
        <aside class="who-side" aria-label="What is known">
          {isHere && <PersonFacts name={name} records={records.value} said={said} />}
          {!isHere && <Bones />}
          {isHere && !mayEdit.value && <p class="quiet who-note">Editors may change what the team knows.</p>}
        </aside>
      </div>
      {shown?.shows === 'edit-person' && (
        <EditPerson
          record={shown.record}
          onSaved={(saved) => {
            const others = records.value.filter(({ id }) => id !== saved.id)
            records.value = records.value.some(({ id }) => id === saved.id)
              ? records.value.map((one) => (one.id === saved.id ? saved : one))
              : [saved, ...others]
          }}
        />
      )}
      {shown?.shows === 'erase-person' && total && (
        <EraseDialog who={who} name={name} total={total} records={records.value.length} />
      )}
    </PlaceFrame>
  )
}

function nameFrom(records: readonly PersonRecord[], said: readonly Feedback[]): string | null {
  const known = records.find(({ name, email }) => name ?? email)
  return known?.name ?? known?.email ?? said.map(nameOf).find((name) => name !== null) ?? records[0]?.externalId ?? null
}

function Bones() {
  return (
    <div aria-hidden="true">
      {[80, 64, 72, 58].map((width) => (
        <span class="bone line" key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}
