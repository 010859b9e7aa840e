import { Component } from 'preact'
import type { Rating } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/index.ts'
import type { Facts, Sent } from '../../sdk/index.ts'
import type { FormParts } from '../chunks.ts'
import type { Prefill } from '../settings.ts'
import type { Strings } from '../strings.ts'
import { Along } from './along.tsx'
import type { Part } from './along.tsx'
import type { FormConfig } from './config.ts'
import { mergeConfig } from './config.ts'
import { readDraft, writeDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { Icon } from './icons.tsx'
import { Kinds, kindPrompt } from './kinds.tsx'
import { Outcome } from './outcome.tsx'
import { RatingField } from './rating.tsx'

interface FormProps {
  parts: FormParts
  strings: Strings
  onClose: () => void
  /** Gives the form to whoever opens it; Preact 11 passes `ref` on to classes as a plain prop. */
  onMade: (form: Form) => void
}

interface FormState {
  config: FormConfig
  draft: Draft
  facts: Facts
  without: Part[]
  /** The field at fault. */
  missing?: 'message' | 'email'
  busy?: boolean
  sent?: Sent
  copied?: boolean
}

/** The form and what becomes of it. What is typed lives in `draft` until the outbox has it. */
export class Form extends Component<FormProps, FormState> {
  private readonly draftKey: string
  private openedAt = 0
  private root: HTMLElement | null = null

  constructor(props: FormProps) {
    super(props)
    const { settings, client, config } = props.parts
    this.draftKey = `earshot:${settings.key}:draft`
    this.state = {
      config: mergeConfig(settings, null),
      draft: readDraft(this.draftKey),
      facts: {},
      without: [],
    }
    void config.then((fetched) => this.setState({ config: mergeConfig(settings, fetched) }))
    props.onMade(this)
    // What had to wait may arrive while the form still says so.
    client.on('sent', ({ id, receipt }) => {
      if (this.state.sent?.id === id) this.setState({ sent: { id, state: 'stored', receipt } })
    })
  }

  /** Called at every opening: what goes along is what holds now. */
  start(prefill: Prefill = {}): void {
    const facts = this.props.parts.client.facts()
    const email = facts.person?.email
    this.openedAt = Date.now()
    this.setState(({ draft, sent }) => ({
      facts,
      draft: { ...(email ? { email } : {}), ...draft, ...definedOnly(prefill) },
      ...(sent ? { sent: undefined } : {}),
    }))
  }

  focus(selector: string): void {
    requestAnimationFrame(() => this.root?.querySelector<HTMLElement>(selector)?.focus())
  }

  private readonly read = (event: Event) => {
    const draft = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Draft
    writeDraft(this.draftKey, draft)
    this.setState({ draft, missing: undefined })
  }

  private readonly submit = async () => {
    const { draft, config, facts, without } = this.state
    const { message = '', email, rating } = draft
    const missing =
      !message.trim() && !rating ? 'message' : config.email === 'required' && !email?.trim() ? 'email' : undefined
    this.setState({ missing, busy: !missing, sent: undefined, copied: false })
    if (missing) return this.focus(`[name=${missing}]`)
    const scale = config.rating?.scale
    const score: Rating | undefined = rating && scale ? { scale, value: Number(rating) } : undefined
    const sent = await this.props.parts.client.send({
      kind: this.kind()?.key ?? 'other',
      message,
      rating: score,
      email: email?.trim() || undefined,
      mayContact: config.mayContact ? !!draft.mayContact : undefined,
      page: without.includes('page') ? undefined : facts.page,
      signals: { elapsedMs: Date.now() - this.openedAt, trap: draft.trap || undefined },
      without,
    })
    const over = sent.state === 'stored' || sent.state === 'queued'
    if (over) writeDraft(this.draftKey, {})
    this.setState({ busy: false, sent, ...(over ? { draft: email ? { email } : {} } : {}) })
    this.focus(over ? 'h3' : '.alert button')
  }

  private readonly onSubmit = (event: Event) => {
    event.preventDefault()
    void this.submit()
  }

  private readonly toggle = (part: Part) => {
    const { without } = this.state
    this.setState({ without: without.includes(part) ? without.filter((one) => one !== part) : [...without, part] })
  }

  private readonly copy = () => {
    this.root?.querySelector('textarea')?.select()
    // The old command also works where a policy or an insecure address denies the clipboard.
    document.execCommand('copy')
    this.setState({ copied: true })
  }

  private readonly again = () => {
    this.start()
    this.focus('textarea')
  }

  private kind() {
    const { kinds } = this.state.config
    return kinds.find(({ key, url }) => key === this.state.draft.kind && !url) ?? kinds.find(({ url }) => !url)
  }

  private renderFields(strings: Strings) {
    const { config, draft, facts, without, missing, busy, sent, copied } = this.state
    const failed = sent && !busy
    return (
      <form onInput={this.read} onSubmit={this.onSubmit} noValidate>
        <fieldset disabled={busy} class="fields">
          <Kinds kinds={config.kinds} chosen={this.kind()?.key} strings={strings} />
          <label class="field">
            <span>{kindPrompt(this.kind(), strings)}</span>
            <textarea
              name="message"
              dir="auto"
              rows={5}
              maxLength={limits.messageMaxChars}
              value={draft.message ?? ''}
              aria-invalid={missing === 'message'}
              aria-describedby="missing"
            />
          </label>
          {config.rating && <RatingField rating={config.rating} chosen={draft.rating} strings={strings} />}
          {config.email !== 'hidden' && (
            <label class="field">
              <span>{config.email === 'required' ? strings.email : strings.emailOptional}</span>
              <input
                type="email"
                name="email"
                dir="auto"
                autocomplete="email"
                value={draft.email ?? ''}
                aria-invalid={missing === 'email'}
                aria-describedby="missing"
              />
            </label>
          )}
          <p id="missing" class="missing" role="alert">
            {missing && (missing === 'email' ? strings.needEmail : strings.needWords)}
          </p>
          {config.mayContact && (
            <label class="part">
              <input type="checkbox" name="mayContact" checked={!!draft.mayContact} />
              <span>{config.mayContact.text}</span>
            </label>
          )}
          <input name="trap" value={draft.trap ?? ''} tabIndex={-1} autocomplete="off" aria-hidden="true" hidden />
          <Along facts={facts} without={without} strings={strings} onToggle={this.toggle} />
        </fieldset>
        {failed && (
          <div class="alert" role="alert">
            <p>
              <b>{strings.refused}.</b> {sent.problem?.detail ?? strings.cancelledText} {strings.stillHere}
            </p>
            <button type="button" onClick={this.copy}>
              {copied ? strings.copied : strings.copy}
            </button>
          </div>
        )}
        <footer>
          {config.privacyUrl && (
            <a href={config.privacyUrl} target="_blank" rel="noopener">
              {strings.privacy}
            </a>
          )}
          <button type="submit" class="primary" aria-disabled={busy}>
            {busy && <i />}
            {busy ? strings.sending : strings.send}
          </button>
        </footer>
      </form>
    )
  }

  render({ strings, onClose }: FormProps) {
    const { busy, sent, config } = this.state
    const over = !busy && (sent?.state === 'stored' || sent?.state === 'queued')
    return (
      <div class="sheet" ref={(root) => void (this.root = root)}>
        <header>
          <h2 id="title" tabIndex={-1}>
            {strings.title}
          </h2>
          <button type="button" class="close" aria-label={strings.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {sent && over ? (
          <Outcome sent={sent} next={config.next} strings={strings} onAgain={this.again} onDone={onClose} />
        ) : (
          this.renderFields(strings)
        )}
        <p class="sr" role="status">
          {busy && strings.sending}
        </p>
      </div>
    )
  }
}

function definedOnly(prefill: Prefill): Draft {
  return Object.fromEntries(Object.entries(prefill).filter(([, value]) => value !== undefined))
}
