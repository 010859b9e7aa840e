import type { Earshot } from '../sdk/index.ts'
import type { Chunks, MountedForm } from './chunks.ts'
import { showFault } from './fault.ts'
import { mountLauncher } from './launcher.ts'
import type { Prefill, Settings } from './settings.ts'

/** The widget: the SDK's names, and those that only make sense where there is a form. */
export interface Widget extends Omit<Earshot, 'facts'> {
  /** Opens the form, loading it first if need be. */
  open: (prefill?: Prefill) => Promise<void>
  close: () => void
  /** Shows and hides the launcher. */
  show: () => void
  hide: () => void
  setTheme: (theme: Settings['theme']) => void
}

/** Says what is to be done with the client once it is there. */
type Deferred = (client: Earshot) => unknown

// Taken at load: pages patch what comes later.
const nativeFetch = fetch

/**
 * Mounts the launcher and gives the whole API at once. The client is loaded when something needs it; what is said
 * before waits here, in order.
 */
export function createWidget(settings: Settings, chunks: Chunks): Widget {
  const deferred: Deferred[] = []
  const name = `earshot:${settings.key}`
  const enabled = settings.enabled !== false
  let client: Earshot | undefined
  let form: MountedForm | undefined
  let opened = false

  const later = (work: Deferred) => void (client ? work(client) : deferred.push(work))

  const loadClient = once(async () => {
    const chunk = await twice(chunks.client)
    const emitter = chunk.createEmitter()
    client = chunk.createEarshot({ ...settings, emitter, fetch: nativeFetch })
    for (const work of deferred.splice(0)) work(client)
    const { endpoint, key } = settings
    const config = chunk.fetchConfig({ endpoint, key, fetch: (...request) => nativeFetch(...request) })
    return { client, emitter, config }
  })
  const loadForm = once(() => twice(chunks.form))
  const load = () => Promise.all([loadClient(), loadForm()])

  const launcher = enabled
    ? mountLauncher(
        settings,
        () => void load().catch(() => undefined),
        () => void widget.open(),
      )
    : undefined
  let shown = settings.launcher !== 'none'
  const paint = () => {
    if (launcher) launcher.button.hidden = opened || !shown
  }

  const whenLoaded =
    <Name extends 'send' | 'flush' | 'reset'>(method: Name) =>
    async (...args: Parameters<Earshot[Name]>) => {
      const { client: ready } = await loadClient()
      return (ready[method] as (...args: unknown[]) => unknown)(...args)
    }

  const widget: Widget = {
    identify: (identity) => later((ready) => ready.identify(identity)),
    tag: (tag, value) => later((ready) => ready.tag(tag, value)),
    untag: (tag) => later((ready) => ready.untag(tag)),
    context: (title, value) => later((ready) => ready.context(title, value)),
    crumb: (message, data, at = Date.now()) => later((ready) => ready.crumb(message, data, at)),
    consent: (given) => later((ready) => ready.consent(given)),
    beforeSend: (fn) => later((ready) => ready.beforeSend(fn)),
    on(event, listener) {
      let off: () => void
      later((ready) => (off = ready.on(event, listener)))
      return () => later(() => off())
    },
    send: whenLoaded('send') as Widget['send'],
    flush: whenLoaded('flush') as Widget['flush'],
    reset: whenLoaded('reset') as Widget['reset'],
    async open(prefill) {
      if (!launcher) return
      try {
        const [{ client: ready, emitter, config }, chunk] = await load()
        form ??= chunk.mountForm({
          root: launcher.root,
          settings,
          client: ready,
          config,
          onToggle(open) {
            opened = open
            paint()
            emitter.emit(open ? 'open' : 'close', undefined)
          },
        })
        form.open(prefill)
      } catch {
        // Twice not loaded: the launcher speaks for the form.
        opened = true
        paint()
        showFault(launcher.root, settings, prefill?.message ?? readDraft(`${name}:draft`), () => {
          opened = false
          paint()
          launcher.button.focus()
        })
      }
    },
    close: () => form?.close(),
    show() {
      shown = true
      paint()
    },
    hide() {
      shown = false
      paint()
    },
    setTheme: (theme) => launcher?.setTheme(theme),
    destroy() {
      form?.close()
      launcher?.remove()
      later((ready) => ready.destroy())
      document.removeEventListener('click', onClick)
    },
  }

  const onClick = (event: MouseEvent) => {
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>('[data-earshot]')
    if (opener) void widget.open({ kind: opener.dataset.earshot || undefined })
  }
  if (enabled) {
    document.addEventListener('click', onClick)
    const idle = window.requestIdleCallback ?? setTimeout
    // The outbox's database exists only while something waits in it; asking does not create it.
    idle(() => {
      indexedDB.databases().then(
        (all) => (all.some((database) => database.name === name) ? loadClient().catch(() => undefined) : undefined),
        // Storage denied: then nothing waits there.
        () => undefined,
      )
    })
  }
  return widget
}

/** Remembers the promise while it is good: after a failure the next call tries again. */
function once<T>(start: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () =>
    (running ??= start().catch((error: unknown) => {
      running = undefined
      throw error
    }))
}

/** A line that fails once often works a moment later. */
async function twice<T>(load: (attempt: number) => Promise<T>): Promise<T> {
  return load(0).catch(() => load(1))
}

function readDraft(key: string): string {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? '') as { message?: string }).message ?? ''
  } catch {
    // No draft, or storage denied.
    return ''
  }
}
