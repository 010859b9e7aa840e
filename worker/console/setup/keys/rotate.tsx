import { useState } from 'preact/hooks'
import type { Key, RotatedKey } from '../../../../sdk/wire/index.ts'
import { close } from '../../actions/overlay.ts'
import { explain } from '../../collector/answer.ts'
import { rotateKey } from '../../collector/project.ts'
import { Dialog } from '../../controls/dialog.tsx'
import { Fault } from '../confirm.tsx'
import { Field } from '../field.tsx'
import { FormFoot } from '../foot.tsx'
import { Until } from '../until.tsx'
import { MadeKey } from './new-key.tsx'

const hour = 3_600
const day = 24 * hour

/** How long the old key goes on, in seconds. */
const graces = [
  [0, 'Stops at once'],
  [hour, 'Goes on for an hour'],
  [day, 'Goes on for a day'],
  [7 * day, 'Goes on for 7 days'],
  [30 * day, 'Goes on for 30 days'],
  [90 * day, 'Goes on for 90 days'],
] as const

/** A day, as the collector has it. */
export const graceUnlessTold: number = day

/** Replaces a key by a new one, and leaves the old one time to be replaced everywhere. */
export function RotateDialog({ of, onRotated }: { of: Key; onRotated: () => void }) {
  const [made, setMade] = useState<RotatedKey | null>(null)
  const [grace, setGrace] = useState<number>(graceUnlessTold)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const rotate = async () => {
    if (isBusy) return
    setBusy(true)
    const answer = await rotateKey(of.id, grace)
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`Not replaced. ${what} ${next}`)
      return
    }
    setMade(answer.value)
    onRotated()
  }
  return (
    <Dialog label={made ? `“${made.name}” was replaced` : `Replace “${of.name}”`} class="export" onClose={close}>
      {made ? (
        <MadeKey of={made} also={<OldKey of={made.replaced} />} onClose={close} />
      ) : (
        <form
          class="setup-dialog-form"
          onSubmit={(event) => {
            event.preventDefault()
            void rotate()
          }}
        >
          <p class="export-what">
            Makes a new key with the same name and rights. Give the old one time until the new one stands wherever it is
            used.
          </p>
          <GraceField label="The old key" grace={grace} onGrace={setGrace} />
          {problem && <Fault>{problem}</Fault>}
          <FormFoot button="Replace key" isBusy={isBusy} onCancel={close} />
        </form>
      )}
    </Dialog>
  )
}

/** How long the old one goes on. */
export function GraceField(props: {
  label: string
  /** How soon it stops where it is given no time. */
  soonest?: string
  grace: number
  onGrace: (seconds: number) => void
}) {
  const { label, soonest, grace, onGrace } = props
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} class="input" value={grace} onChange={(event) => onGrace(Number(event.currentTarget.value))}>
          {graces.map(([seconds, words]) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 && soonest ? soonest : words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function OldKey({ of }: { of: Key }) {
  if (of.expiresAt === null) return <>The old key works no more.</>
  return (
    <>
      The old key ({of.hint}…) stops <Until at={of.expiresAt} />.
    </>
  )
}
