import { RefreshCw } from 'lucide'
import { useState } from 'preact/hooks'
import type { SigningState } from '../../../../sdk/wire/index.ts'
import { close, open } from '../../actions/overlay.ts'
import { explain } from '../../collector/answer.ts'
import { readSigning, rotateSigning } from '../../collector/project.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { notify } from '../../controls/notices.ts'
import { Time } from '../../controls/time.tsx'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { Fault } from '../confirm.tsx'
import { Until } from '../until.tsx'
import { FormFoot } from '../foot.tsx'
import { GraceField, graceUnlessTold } from './rotate.tsx'

/** What receipts and links are signed with: nobody sees it, and an admin replaces it. */
export function Signing() {
  const [round, setRound] = useState(0)
  const { value, failure } = useAnswer(readSigning, [round])
  const reload = () => setRound(round + 1)
  if (failure) return <NotLoaded failure={failure} onAgain={reload} />
  if (value === null) return <CardBones lines={1} />
  const replace = () => open({ shows: 'dialog', View: () => <ReplaceSigning of={value} onReplaced={reload} /> })
  return (
    <Card
      title="Receipts and links to images"
      what="Signed with a secret that nobody sees. Replace it where a backup or links to images fell into the wrong hands."
      actions={
        <Button icon={RefreshCw} look="outline" onClick={replace}>
          Replace the secret
        </Button>
      }
    >
      <p class="setup-card-empty">
        {value.replacedAt === null ? (
          'It was never replaced.'
        ) : (
          <>
            Replaced <Time at={value.replacedAt} />.
          </>
        )}{' '}
        {value.oldExpiresAt !== null && (
          <>
            What was signed before stops <Until at={value.oldExpiresAt} />.
          </>
        )}
      </p>
    </Card>
  )
}

function ReplaceSigning({ of, onReplaced }: { of: SigningState; onReplaced: () => void }) {
  const [grace, setGrace] = useState<number>(graceUnlessTold)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const replace = async () => {
    if (isBusy) return
    setBusy(true)
    const answer = await rotateSigning(grace)
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(`Not replaced. ${what} ${next}`)
      return
    }
    close()
    onReplaced()
    notify({ tone: 'plain', text: 'Receipts and links are signed with another secret now.' })
  }
  return (
    <Dialog label="Replace the signing secret" class="export" onClose={close}>
      <form
        class="setup-dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          void replace()
        }}
      >
        <p class="export-what">
          Links to images that were handed out stop, and pages can no longer add images or answers to what they sent
          before. Give both some time, unless somebody has what they should not.
          {of.oldExpiresAt !== null && ' It was replaced a short while ago: what is older than that stops at once.'} Who
          somebody is, and who was erased, stays known.
        </p>
        <GraceField label="What was signed before" soonest="Stops within a minute" grace={grace} onGrace={setGrace} />
        {problem && <Fault>{problem}</Fault>}
        <FormFoot button="Replace the secret" isBusy={isBusy} onCancel={close} />
      </form>
    </Dialog>
  )
}
