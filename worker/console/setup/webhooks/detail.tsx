import { ArrowLeft, KeyRound, Pause, Pencil, Play, Send, Trash2 } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { Delivery, Webhook } from '../../../../sdk/wire/index.ts'
import { ask, close, open } from '../../actions/overlay.ts'
import { followTo, goTo, placeHref, type Place } from '../../address/address.ts'
import { type Answer, explain } from '../../collector/answer.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { deleteWebhook, findWebhook, patchWebhook, rotateSecret, testWebhook } from '../../collector/webhooks.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { Icon } from '../../controls/icon.tsx'
import { notify } from '../../controls/notices.ts'
import { Card, CardBones, NotLoaded } from '../card.tsx'
import { loadTroubles } from '../trouble.ts'
import { Deliveries } from './deliveries.tsx'
import { Facts } from './facts.tsx'
import { WebhookForm } from './form.tsx'
import { Mark, Notice } from './parts.tsx'
import { MadeSecret } from './secret.tsx'
import { TestResult } from './test-result.tsx'
import { stateOf } from './words.ts'

/** How often it is looked at again: while something waits to be sent, and else. */
const lookMs = { waiting: 4_000, idle: 15_000 }

const all: Place = { at: 'setup', section: 'webhooks' }

/** One webhook: how it stands, what can be done with it, and what became of every message. */
export function WebhookDetail({ id }: { id: string }) {
  const [round, setRound] = useState(0)
  const [tested, setTested] = useState<Delivery | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { value: of, failure } = useAnswer((signal) => findWebhook(id, signal), [id, round])
  const reload = () => {
    setRound((before) => before + 1)
    void loadTroubles()
  }
  const isWaiting = of !== null && of.state === 'on' && of.waiting.count > 0
  useEffect(() => {
    const everyMs = isWaiting ? lookMs.waiting : lookMs.idle
    const timer = setInterval(() => document.hidden || setRound((before) => before + 1), everyMs)
    return () => clearInterval(timer)
  }, [isWaiting])
  // What was read stays on screen where only a later look found nobody.
  if (failure && (of === null || failure.because === 'refused')) {
    return (
      <>
        <Back />
        <NotLoaded failure={failure} onAgain={reload} />
      </>
    )
  }
  if (of === null) return <CardBones lines={6} />

  /** Does one thing, and says what hindered it. */
  const run = async <T,>(work: Promise<Answer<T>>, then: (value: T) => void) => {
    setBusy(true)
    const answer = await work
    setBusy(false)
    if (answer.ok) then(answer.value)
    else {
      const { what, next } = explain(answer.failure)
      notify({ tone: 'bad', text: `Nothing was changed. ${what} ${next}` })
    }
  }
  const turn = (state: Webhook['state'], said: string) =>
    void run(patchWebhook(id, { state }), () => {
      notify({
        tone: 'plain',
        text: said,
        action: { label: 'Undo', run: () => turn(state === 'on' ? 'off' : 'on', 'As it was before.') },
      })
      reload()
    })
  return (
    <>
      <Back />
      {of.notice && <Notice of={of} linked={false} />}
      <Card
        title={of.name}
        what={<Mark said={stateOf(of)} />}
        actions={
          <div class="hook-actions">
            <Button
              icon={Send}
              look="outline"
              disabled={isBusy}
              onClick={() =>
                void run(testWebhook(id), (delivery) => {
                  setTested(delivery)
                  reload()
                })
              }
            >
              Send a test
            </Button>
            {of.state === 'on' ? (
              <Button
                icon={Pause}
                look="outline"
                disabled={isBusy}
                onClick={() => turn('off', `${of.name} is off. What happens until it is on again is not sent.`)}
              >
                Turn off
              </Button>
            ) : (
              <Button
                icon={Play}
                look="primary"
                disabled={isBusy}
                onClick={() => turn('on', `${of.name} is on. What waited is sent now.`)}
              >
                Turn on
              </Button>
            )}
          </div>
        }
      >
        {tested && <TestResult of={tested} />}
        <Facts of={of} />
        <div class="hook-more">
          <Button icon={Pencil} onClick={() => change(of, reload)}>
            Change
          </Button>
          {of.type === 'signed' && (
            <Button icon={KeyRound} onClick={() => askRotate(of, reload)}>
              New secret
            </Button>
          )}
          <Button icon={Trash2} class="danger-text" onClick={() => askDelete(of)}>
            Delete
          </Button>
        </div>
      </Card>
      <Deliveries of={of} round={round} onChange={reload} />
    </>
  )
}

function Back() {
  return (
    <a class="hook-back" href={placeHref(all)} onClick={(event) => followTo(event, all)}>
      <Icon of={ArrowLeft} size={14} />
      All webhooks
    </a>
  )
}

function change(of: Webhook, onDone: () => void): void {
  open({ shows: 'dialog', View: () => <WebhookForm type={of.type} of={of} onClose={close} onDone={onDone} /> })
}

function askRotate(of: Webhook, onDone: () => void): void {
  const rotate = async () => {
    const answer = await rotateSecret(of.id)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      notify({ tone: 'bad', text: `The secret stays as it was. ${what} ${next}` })
      return
    }
    const { secret } = answer.value
    onDone()
    if (secret === null) return
    open({
      shows: 'dialog',
      View: () => (
        <Dialog label={`A new secret for “${of.name}”`} class="export hook-dialog" onClose={close}>
          <MadeSecret secret={secret} rotated onClose={close} />
        </Dialog>
      ),
    })
  }
  ask({
    title: `Make a new secret for “${of.name}”?`,
    text: 'For 24 hours every message is signed with both, so that your server can change over. After that the old one proves nothing.',
    button: 'Make a new secret',
    run: () => void rotate(),
  })
}

function askDelete(of: Webhook): void {
  const remove = async () => {
    const answer = await deleteWebhook(of.id)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      notify({ tone: 'bad', text: `Not deleted. ${what} ${next}` })
      return
    }
    void loadTroubles()
    goTo(all, {}, 'replace')
    notify({ tone: 'plain', text: `${of.name} was deleted.` })
  }
  ask({
    title: `Delete “${of.name}”?`,
    text: 'It is told of nothing any more, and its deliveries with their attempts are gone. Turn it off to keep them.',
    button: 'Delete webhook',
    run: () => void remove(),
  })
}
