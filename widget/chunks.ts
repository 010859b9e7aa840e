import type { Earshot, Emitter } from '../sdk/index.ts'
import type { WidgetConfig } from '../sdk/wire/index.ts'
import type { Prefill, Settings } from './settings.ts'

/** The client, and what the form needs besides it. */
export interface Started {
  client: Earshot
  emitter: Emitter
  /** The collector's settings; null when they are not to be had. */
  config: Promise<Partial<WidgetConfig> | null>
}

/** What `client.ts` gives. */
export interface ClientChunk {
  start: (settings: Settings, nativeFetch: typeof fetch) => Started
}

/** What `form/index.ts` gives. */
export interface FormChunk {
  /** Puts the closed form beside the launcher, which hides while it is open. */
  mountForm: (root: ShadowRoot, settings: Settings, started: Started) => MountedForm
}

export interface MountedForm {
  open: (prefill?: Prefill) => void
  close: () => void
  /** Follows `settings.theme`. */
  paint: () => void
}

/** How the two chunks are loaded: by address from the script, by the customer's bundler from the package. */
export interface Chunks {
  client: (again?: boolean) => Promise<ClientChunk>
  form: (again?: boolean) => Promise<FormChunk>
}
