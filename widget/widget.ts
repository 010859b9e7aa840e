import type { Earshot } from '../sdk/index.ts'
import type { Chunks, MountedForm } from './chunks.ts'
import { faultPanel } from './fault.ts'
import { mountLauncher } from './launcher.ts'
import type { Launcher } from './launcher.ts'
import { isOff } from './settings.ts'
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

// What needs nothing back waits for the client; what is asynchronous fetches it.
const waiting = ['identify', 'tag', 'untag', 'context', 'consent', 'beforeSend'] as const
const fetching = ['send', 'flush', 'reset'] as const

// Taken at load: pages patch what comes later.
const nativeFetch = fetch

/**
 * Mounts the launcher and gives the whole API at once. The client is loaded when something needs it; what is said
 * before waits here, in order.
 */
export function createWidget(settings: Settings, chunks: Chunks): Widget {
  const name = `earshot:${settings.key}`
  let form: MountedForm | undefined
  let arrive: (client: Earshot) => void
  const arrival = new Promise<Earshot>((resolve) => (arrive = resolve))

  const loadForm = lasting(chunks.form)
  const loadClient = lasting(async (again) => {
    const started = (await chunks.client(again)).start(settings, nativeFetch)
    arrive(started.client)
    return started
  })
  // Mounted on intent, so that the click finds it ready.
  const load = async () => {
    const [started, chunk] = await Promise.all([loadClient(), loadForm()])
    return (form ??= chunk.mountForm((launcher as Launcher).root, settings, started))
  }

  const open = async (prefill: Prefill = {}) => {
    if (!launcher) return
    const { root } = launcher
    root.querySelector('.fault')?.remove()
    try {
      ;(await load()).open(prefill)
    } catch {
      // Not loaded, twice: the launcher speaks for the form.
      root.append(faultPanel(settings, prefill.message ?? (await readDraft(name).catch(() => ''))))
    }
  }
  const show = (shown: boolean) => {
    if (launcher) launcher.button.hidden = !shown
  }
  const onClick = ({ target }: Event) => {
    const opener = (target as Element).closest<HTMLElement>('[data-earshot]')
    if (opener) void open({ kind: opener.dataset.earshot })
  }

  const widget: Record<string, unknown> = {
    open,
    close: () => form?.close(),
    show: () => show(true),
    hide: () => show(false),
    on(...args: Parameters<Earshot['on']>) {
      const off = arrival.then((client) => client.on(...args))
      return () => off.then((stop) => stop())
    },
    crumb: (message: string, data?: object, at = Date.now()) =>
      void arrival.then((client) => client.crumb(message, data, at)),
    setTheme(theme: Settings['theme']) {
      settings.theme = theme
      form?.paint()
    },
    destroy() {
      launcher?.root.host.remove()
      document.removeEventListener('click', onClick)
      void arrival.then((client) => client.destroy())
    },
  }
  for (const method of waiting) {
    widget[method] = (...args: [never, never]) => void arrival.then((client) => client[method](...args))
  }
  for (const method of fetching) {
    // Nothing of the API rejects, not even where the client is not to be had.
    widget[method] = (...args: [never]) =>
      loadClient().then(
        ({ client }): unknown => client[method](...args),
        () => ({ state: 'cancelled' }),
      )
  }

  const launcher = isOff(settings.enabled)
    ? undefined
    : mountLauncher(
        settings,
        () => ahead(load),
        () => void open(),
      )
  if (launcher) {
    show(settings.launcher !== 'none')
    document.addEventListener('click', onClick)
    const idle = window.requestIdleCallback ?? setTimeout
    // The outbox's database exists only while something waits in it; asking does not create it.
    idle(() =>
      ahead(async () => (await indexedDB.databases()).some((database) => database.name === name) && loadClient()),
    )
  }
  return widget as unknown as Widget
}

/** Loading ahead of need may fail in silence: the need itself will say so. */
function ahead(load: () => Promise<unknown>): void {
  load().catch(() => undefined)
}

/** Loads once, a second time at once when that fails, and anew at the next call when both did. */
function lasting<T>(load: (again?: boolean) => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () =>
    (running ??= load()
      .catch(() => load(true))
      .catch((error: unknown) => {
        running = undefined
        throw error
      }))
}

/** The words of a draft, where there is one and storage is not denied. */
async function readDraft(name: string): Promise<string> {
  return (JSON.parse(sessionStorage[`${name}:draft`] as string) as { message: string }).message
}
