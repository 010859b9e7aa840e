import type { Earshot, Facts, Feedback, Sent, createEarshot } from '../sdk/index.ts'
import type { fetchConfig } from '../sdk/transport.ts'
import type { WidgetConfig } from '../sdk/wire/index.ts'
import type { Prefill, Settings } from './settings.ts'

/** What `client.ts` gives. */
export interface ClientChunk {
  createEarshot: typeof createEarshot
  createEmitter: () => NonNullable<Settings['emitter']>
  fetchConfig: typeof fetchConfig
}

/** What `form/index.tsx` gives. */
export interface FormChunk {
  mountForm: (parts: FormParts) => MountedForm
}

/** What the form needs from the launcher. */
export interface FormParts {
  root: ShadowRoot
  settings: Settings
  client: Pick<Earshot, 'facts' | 'on'> & { send: (feedback: Feedback) => Promise<Sent> }
  /** The collector's settings; null when they are not to be had. */
  config: Promise<Partial<WidgetConfig> | null>
  /** Told when the form opens and closes. */
  onToggle: (open: boolean) => void
}

export interface MountedForm {
  open: (prefill?: Prefill) => void
  close: () => void
}

/** How the two chunks are loaded: by address from the script, by the customer's bundler from the package. */
export interface Chunks {
  client: (attempt: number) => Promise<ClientChunk>
  form: (attempt: number) => Promise<FormChunk>
}

export type { Facts }
