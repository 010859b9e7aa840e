import type { Earshot, Emitter } from '../sdk/index.ts'
import type { WidgetConfig } from '../sdk/wire/index.ts'
import type { Collector } from '../sdk/transport.ts'
import type { Prefill, Settings } from './settings.ts'

/** The client, and what the form needs besides it. */
export interface Started {
  client: Earshot
  emitter: Emitter
  collector: Collector
  /** Asks the collector for the widget's settings; null when they are not to be had. */
  fetchConfig: () => Promise<Partial<WidgetConfig> | null>
}

/** As much of it as the form uses. */
export interface FormNeeds extends Omit<Started, 'client'> {
  client: Pick<Earshot, 'facts' | 'send' | 'on'>
}

/** What `client.ts` gives. */
export interface ClientChunk {
  start: (settings: Settings, nativeFetch: typeof fetch) => Started
}

/** What `form/index.ts` gives. */
export interface FormChunk {
  /** Puts the closed form beside the launcher, which hides while it is open, and asks for its settings. */
  mountForm: (root: ShadowRoot, settings: Settings, started: FormNeeds, signal: AbortSignal) => MountedForm
}

/** What `extras.ts` gives. */
export interface ExtrasChunk {
  /**
   * Resolves when `settings.strings` hold the words of `settings.lang`.
   *
   * @param signal aborted by `destroy()`
   * @param ahead loads the form ahead of need
   * @param remount mounts launcher and form anew, in other words
   */
  createExtras: (
    settings: Settings,
    signal: AbortSignal,
    open: (prefill?: Prefill) => Promise<void>,
    ahead: () => void,
    loadClient: () => Promise<Started>,
    remount: () => void,
    widget: Pick<Earshot, 'crumb' | 'on'>,
  ) => Promise<Extras>
}

/** What few pages use: other languages, a shortcut, own buttons in script, surveys. */
export interface Extras {
  setLocale: (lang: string) => Promise<void>
  attachTo: (element: Element, kind?: string) => () => void
  track: (event: string, data?: object) => void
}

export interface MountedForm {
  open: (prefill?: Prefill) => void
  close: () => void
  /** Follows `settings.theme`. */
  paint: () => void
}

/** How the chunks are loaded: by address from the script, by the customer's bundler from the package. */
export interface Chunks {
  client: (again?: boolean) => Promise<ClientChunk>
  form: (again?: boolean) => Promise<FormChunk>
  extras: (again?: boolean) => Promise<ExtrasChunk>
}
