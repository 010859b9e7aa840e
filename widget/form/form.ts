import { limits } from '../../sdk/wire/index.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { Facts, Sent } from '../../sdk/index.ts'
import { version } from '../../sdk/wire/version.ts'
import type { FormNeeds } from '../chunks.ts'
import { element } from '../element.ts'
import type { Prefill, Settings } from '../settings.ts'
import type { Strings } from '../strings.ts'
import type { Attachments } from './attachments.ts'
import { firstKind, kindPrompt } from './choices.ts'
import { mergeConfig } from './config.ts'
import { readDraft, writeDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { createFields } from './fields.ts'

/** From so few characters on, how many are left is said. */
const leftShown = 1_000

const loadOutcome = () => import('./outcome.ts')

/** The form and what becomes of it. What is typed stays in the fields until the outbox has it. */
export interface Form {
  node: HTMLElement
  /** Called at every opening: what goes along is what holds now. */
  start: (prefill?: Prefill) => void
}

export function createForm(
  root: ShadowRoot,
  settings: Settings,
  { client, collector, emitter, fetchConfig }: FormNeeds,
  strings: Strings,
  onDone: () => void,
  onConfig: (config: Partial<WidgetConfig>) => void,
): Form {
  const draftKey = `earshot:${settings.key}:draft`
  let config: Partial<WidgetConfig> = mergeConfig(settings)
  // Asked for now, on intent, too: a browser takes its time to find the time zone, once.
  let facts: Facts = client.facts()
  let openedAt = 0
  let shown: Sent | undefined
  let busy = false
  let images: Attachments | undefined
  let outcome: typeof import('./outcome.ts') | undefined
  let along: typeof import('./beside.ts') | undefined

  const read = () => Object.fromEntries(new FormData(form)) as Draft
  const going = () => new FormData(form).getAll('along') as (keyof Facts)[]
  const kind = () => config.kinds?.find(({ key }) => key === read().kind) ?? firstKind(config.kinds ?? [])

  /** What follows from what stands in the fields. */
  const update = () => {
    fields.prompt.textContent = kindPrompt(kind(), strings)
    fields.left.textContent = ''
    if (fields.message.value.length > limits.messageMaxChars - leftShown) void sayLeft()
    const summary = form.querySelector('summary')
    if (summary && along) summary.textContent = along.alongSummary(facts, going(), strings)
  }
  const sayLeft = async () => {
    const part = await import('./left.ts').catch(() => undefined)
    part?.sayLeft(fields.left, fields.message.value, settings.lang, strings)
  }
  const apply = (draft: Draft) => {
    for (const [name, value] of Object.entries(draft)) {
      const field = form.elements.namedItem(name)
      // Consent is never filled in.
      if (!field || value == null || name === 'mayContact') continue
      const input = field as HTMLInputElement
      // A group of radio buttons takes its value as a text field does, one that stands alone does not.
      if (input.type === 'radio') input.checked ||= input.value === value
      else input.value = value
    }
    update()
  }
  const configure = (next: Partial<WidgetConfig>) => {
    const draft = read()
    config = next
    onConfig(config)
    fields.configure(config)
    apply(draft)
    if (config.rating) void askRating(config.rating)
  }
  const askRating = async (rating: NonNullable<WidgetConfig['rating']>) => {
    try {
      const { showRating } = await import('./rating.ts')
      const draft = read()
      showRating(fields.score, rating, strings)
      apply({ ...readDraft(draftKey), ...draft })
    } catch {
      // Not loaded: the words can be sent without a score.
    }
  }
  const onInput = () => {
    fields.missing.textContent = ''
    form.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid')
    writeDraft(draftKey, read())
    update()
  }

  const complain = (name: 'message' | 'email') => {
    const field = form.elements.namedItem(name) as HTMLElement
    fields.missing.textContent = name === 'email' ? strings.needEmail : strings.needMessage
    field.ariaInvalid = 'true'
    field.focus()
  }
  const show = async (sent: Sent, blocked = false) => {
    shown = sent
    const over = sent.state === 'stored' || sent.state === 'queued'
    if (over) {
      writeDraft(draftKey, {})
      form.reset()
      images?.reset()
      try {
        const { showOutcome } = await loadOutcome()
        if (shown === sent) showOutcome(node, sent, blocked, config.next, strings, again, onDone)
      } catch {
        // Not loaded: what counts is said all the same.
        const { receipt } = sent
        const title = receipt ? `${strings.sent} ${receipt.reference}` : strings.queued
        node.replaceChildren(element('h3', { className: 'fields', tabIndex: -1 }, title))
      }
      node.querySelector('h3')?.focus()
      return
    }
    const copy: HTMLElement = element('button', { type: 'button', onclick: () => onCopy(copy) }, strings.copy)
    const why = sent.problem?.detail ?? strings.cancelled
    fields.refusal.replaceChildren(
      element(
        'p',
        { className: 'refusal' },
        element('span', null, element('b', null, strings.refused), element('bdi', null, why), strings.stillHere),
        copy,
      ),
    )
    copy.focus()
  }
  const onCopy = (copy: HTMLElement) => {
    fields.message.select()
    // The old command also works where a policy or an insecure address denies the clipboard.
    document.execCommand('copy')
    copy.textContent = strings.copied
  }
  const again = () => {
    start()
    fields.message.focus()
  }

  const submit = async () => {
    if (busy) return
    const { message = '', rating, email = '', mayContact, trap } = read()
    if (!message.trim() && !rating) return complain('message')
    if (config.email === 'required' && !email.trim()) return complain('email')
    const ticked = going()
    const chosen = kind()?.key
    fields.refusal.replaceChildren()
    fields.setBusy((busy = true))
    // An image that is still being made small belongs to it.
    await images?.ready()
    const feedback = {
      sdk: `earshot-widget/${version}`,
      kind: chosen,
      message,
      rating: config.rating && rating ? { scale: config.rating.scale, value: Number(rating) } : undefined,
      email: email.trim() || undefined,
      mayContact: config.mayContact ? !!mayContact : undefined,
      mayContactVersion: config.mayContact?.version,
      page: facts.page,
      attachments: images?.blobs.length ? [...images.blobs] : undefined,
      signals: { elapsedMs: Date.now() - openedAt, trap: trap || undefined },
      // Without the list nobody could switch anything off.
      without: along && (Object.keys(facts) as (keyof Facts)[]).filter((part) => !ticked.includes(part)),
    }
    const isBlocked = outcome?.watchBlocking(collector)
    const sent = await client.send(feedback)
    const blocked = sent.reason === 'unreachable' && !!(await isBlocked?.())
    fields.setBusy((busy = false))
    await show(sent, blocked)
  }

  const onSubmit = (event: Event) => {
    event.preventDefault()
    submit().catch(() => {
      // The page has broken something that everybody needs.
      fields.setBusy((busy = false))
      void show({ id: '', state: 'cancelled' })
    })
  }
  const fields = createFields(strings, onInput, onSubmit, (chosen) => {
    onDone()
    emitter.emit('kind', { kind: chosen, message: fields.message.value })
  })
  const { form } = fields
  const node = element('div', { className: 'body' }, form)

  const listAlong = () => {
    const list = along?.alongList(facts, strings)
    fields.along.replaceChildren(...(list ? [list] : []))
    update()
  }
  const loadList = async () => {
    along = await import('./beside.ts')
    listAlong()
  }
  // Without it the words can be sent all the same.
  loadList().catch(() => undefined)

  const start = (prefill?: Prefill) => {
    facts = client.facts()
    // An iPad says that it is a Mac.
    const { maxTouchPoints, userAgent } = navigator
    if (facts.page?.device && maxTouchPoints > 1 && userAgent.includes('Macintosh')) facts.page.device.form = 'tablet'
    openedAt = Date.now()
    // Ahead: by the time it is needed the network may be gone.
    loadOutcome().then(
      (part) => (outcome = part),
      () => undefined,
    )
    if (shown) node.replaceChildren(form)
    shown = undefined
    listAlong()
    apply({ email: facts.person?.email, ...readDraft(draftKey), ...prefill })
  }

  configure(config)
  const settle = async () => {
    // Not loaded: the words can be sent without an image. Beside the settings, so that neither waits for the other.
    const loading = import('./attachments.ts').catch(() => undefined)
    configure(mergeConfig(settings, await fetchConfig()))
    if (config.attachments === false) return
    const part = await loading
    images = part?.attachments(root, form, strings)
    if (images) fields.along.before(images.node)
  }
  // Else the form stays as it is: the page has broken something that everybody needs.
  settle().catch(() => undefined)
  // Whoever is gone takes their words along.
  client.on('reset', () => {
    form.reset()
    images?.reset()
    start()
  })
  // What had to wait may arrive while the form still says so.
  client.on('sent', ({ id, receipt }) => {
    if (shown?.id === id) void show({ id, state: 'stored', receipt })
  })
  return { node, start }
}
