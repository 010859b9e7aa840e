import { ShieldAlert } from 'lucide'
import { mayEdit, session } from '../collector/session.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { Choose } from './choose.tsx'
import { Match } from './match.tsx'
import { Progress } from './progress.tsx'
import { run } from './running.ts'
import { chosen, forget } from './state.ts'
import { addSheet } from '../controls/sheet.ts'
import css from './import.css'

addSheet(css)

/** Brings in what was said elsewhere: a table, its columns matched by hand. */
export default function ImportView() {
  if (session.value !== null && !mayEdit.value) {
    return (
      <PlaceFrame title="Import">
        <Blank icon={ShieldAlert} title="You may read, and not import">
          Ask an admin of this project for the role of an editor.
        </Blank>
      </PlaceFrame>
    )
  }
  const isMatching = chosen.value !== null && run.value === null
  return (
    <PlaceFrame
      title="Import"
      actions={
        isMatching && (
          <Button look="outline" onClick={forget}>
            Choose another file
          </Button>
        )
      }
    >
      {run.value ? <Progress of={run.value} /> : chosen.value ? <Match file={chosen.value} /> : <Choose />}
    </PlaceFrame>
  )
}
