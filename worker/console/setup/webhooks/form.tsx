import { useState } from 'preact/hooks'
import {
  type CreatedWebhook,
  type NewWebhook,
  type Webhook,
  type WebhookEvent,
  webhookEvents,
  type WebhookPatch,
  type WebhookType,
} from '../../../../sdk/wire/index.ts'
import { type Answer, explain } from '../../collector/answer.ts'
import { createWebhook, patchWebhook } from '../../collector/webhooks.ts'
import { Dialog } from '../../controls/dialog.tsx'
import { focusFirstFault } from '../../controls/first-fault.ts'
import { Check, TextField } from '../field.tsx'
import { FormFoot } from '../foot.tsx'
import { FilterField } from './filter-field.tsx'
import { MessagePreview } from './preview.tsx'
import { MadeSecret } from './secret.tsx'
import { eventNames } from './words.ts'

interface Props {
  type: WebhookType
  /** The one to change; null makes a new one. */
  of: Webhook | null
  onClose: () => void
  onDone: (webhook: Webhook) => void
}

const titles = { signed: 'New webhook', slack: 'Connect Slack' } as const

const hints = {
  signed: 'Where your server takes a POST. It must be https and reachable from the internet.',
  slack: 'Make an incoming webhook in Slack, or in what understands its messages, and copy its address here.',
} as const

/** Makes a webhook, or changes one. A new secret is shown in the same dialog, this once. */
export function WebhookForm({ type, of, onClose, onDone }: Props) {
  const [made, setMade] = useState<CreatedWebhook | null>(null)
  const [name, setName] = useState(of?.name ?? (type === 'slack' ? 'Slack' : ''))
  // Whoever knows the address of an incoming webhook can write there, so it is not shown again.
  const [url, setUrl] = useState(of && type === 'signed' ? of.url : '')
  const [events, setEvents] = useState<readonly WebhookEvent[]>(of?.events ?? ['feedback.created'])
  const [filter, setFilter] = useState(of?.filter ?? null)
  const [isBusy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keepsUrl = of !== null && type === 'slack'
  const isReady = name.trim() !== '' && (url.trim() !== '' || keepsUrl) && events.length > 0

  const save = async (form: HTMLFormElement) => {
    setTried(true)
    if (!isReady) return focusFirstFault(form)
    if (isBusy) return
    setBusy(true)
    const asked = { name: name.trim(), url: url.trim(), events: [...events], filter }
    const answer: Answer<Webhook | CreatedWebhook> =
      of === null ? await createWebhook(wishOf(type, asked)) : await patchWebhook(of.id, patchOf(type, asked))
    setBusy(false)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      setProblem(what.includes(next) ? what : `${what} ${next}`)
      return
    }
    onDone(answer.value)
    if ('secret' in answer.value && answer.value.secret !== null) setMade(answer.value)
    else onClose()
  }

  return (
    <Dialog
      label={made ? `“${made.name}” was made` : of ? `Change “${of.name}”` : titles[type]}
      class="export hook-dialog"
      onClose={onClose}
    >
      {made?.secret ? (
        <MadeSecret secret={made.secret} onClose={onClose} />
      ) : (
        <form
          class="setup-dialog-form"
          onSubmit={(event) => {
            event.preventDefault()
            void save(event.currentTarget)
          }}
        >
          <TextField
            label="Name"
            first
            value={name}
            maxLength={100}
            placeholder={type === 'slack' ? 'Slack' : 'Ticket importer'}
            error={tried && name.trim() === '' ? 'Say what it is for, so that others know.' : undefined}
            onText={setName}
          />
          <TextField
            label="URL"
            code
            inputMode="url"
            value={url}
            placeholder={keepsUrl ? of.url : placeholders[type]}
            error={tried && url.trim() === '' && !keepsUrl ? 'Say where it goes.' : undefined}
            hint={keepsUrl ? 'Leave it empty to keep the one that it has.' : hints[type]}
            onText={setUrl}
          />
          {type === 'signed' && (
            <fieldset class="setup-field">
              <legend class="setup-field-label">Events</legend>
              {webhookEvents.map((event) => (
                <Check
                  key={event}
                  label={eventNames[event]}
                  checked={events.includes(event)}
                  onCheck={(checked) =>
                    setEvents(webhookEvents.filter((one) => (one === event ? checked : events.includes(one))))
                  }
                />
              ))}
              {tried && events.length === 0 && (
                <p class="setup-field-error" role="alert">
                  Choose one at least.
                </p>
              )}
            </fieldset>
          )}
          <FilterField value={filter} onChange={setFilter} />
          {type === 'slack' && <MessagePreview filter={filter} />}
          {problem && (
            <p class="setup-fault" role="alert">
              {of ? 'Nothing was changed.' : 'Nothing was made.'} {problem}
            </p>
          )}
          <FormFoot
            button={of ? 'Save' : type === 'slack' ? 'Connect' : 'Make webhook'}
            isBusy={isBusy}
            onCancel={onClose}
          />
        </form>
      )}
    </Dialog>
  )
}

const placeholders = {
  signed: 'https://example.com/earshot',
  slack: 'https://hooks.slack.com/services/…',
} as const

type Asked = Required<Pick<WebhookPatch, 'name' | 'url' | 'events'>> & { filter: string | null }

function wishOf(type: WebhookType, { events, ...rest }: Asked): NewWebhook {
  return type === 'slack' ? { type, ...rest } : { type, events, ...rest }
}

function patchOf(type: WebhookType, { name, url, events, filter }: Asked): WebhookPatch {
  return { name, filter, ...(url !== '' && { url }), ...(type === 'signed' && { events }) }
}
