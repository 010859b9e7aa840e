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
  /** Says everything in another language from now on: a BCP 47 tag. */
  setLocale: (lang: string) => void
  /** Makes an element of the page's open the form, with that kind chosen; returns what undoes it. */
  attachTo: (element: Element, kind?: string) => () => void
  /** Tells surveys that wait for it that something happened. */
  track: (event: string, data?: object) => void
  /** Takes everything out of the page again. */
  destroy: () => void
}

type Methods = Record<string, (...args: unknown[]) => unknown>

// What needs nothing back waits for the client; what is asynchronous fetches it; what few pages use is fetched for it.
const waiting = 'identify tag untag context consent beforeSend crumb on'
const fetching = 'send flush reset'
const extra = 'setLocale attachTo track'

// Taken at load: pages patch what comes later.
const { fetch: nativeFetch, Promise: NativePromise } = globalThis
// The client is fetched once so many calls wait for it; where it cannot be had, so many are kept.
const waitingMax = 99
const keptMax = 999

/**
 * Mounts the launcher and gives the whole API at once. The client is loaded when something needs it; what is said
 * before waits here, in order.
 */
export function createWidget(given: Settings, chunks: Chunks): Widget {
  const settings = { ...given }
  const name = `earshot:${settings.key}`
  const controller = new AbortController()
  const { signal } = controller
  let launcher: Launcher | undefined
  let form: MountedForm | undefined
  let client: Earshot | undefined
  /** What was said before the client came, in order. */
  const said = new Set<(client: Earshot) => void>()
  const isRight = /^pub_\w/.test(settings.key) && settings.endpoint
  const off = isOff(settings.enabled) || !isRight || !globalThis.document

  const loadForm = lasting(chunks.form)
  const loadClient = lasting(async (again) => {
    const started = (await chunks.client(again)).start(settings, nativeFetch)
    client = started.client
    for (const say of said) say(client)
    return started
  })
  const loadExtras = lasting(async (again) =>
    (await chunks.extras(again)).createExtras(
      settings,
      signal,
      open,
      ahead,
      loadClient,
      mount,
      widget as unknown as Widget,
    ),
  )
  // Mounted on intent, so that the click finds it ready.
  const load = async () => {
    const [started, chunk] = await NativePromise.all([loadClient(), loadForm()])
    return (form ??= chunk.mountForm((launcher as Launcher).root, settings, started, signal))
  }
  // Loading ahead of need may fail in silence: the need itself will say so.
  const ahead = () => void load().catch(() => undefined)
  const open = async (prefill?: Prefill) => {
    await spoken
    if (!launcher) return
    // A page that was written anew has lost it.
    if (!launcher.root.host.isConnected) mount()
    const { root } = launcher
    root.querySelector('.fault')?.remove()
    try {
      ;(await load()).open(prefill)
    } catch {
      // Not loaded, twice: the launcher speaks for the form.
      root.append(faultPanel(settings, prefill?.message ?? (await readDraft(name).catch(() => ''))))
    }
  }
  const onOpener = ({ target, type }: Event) => {
    const opener = (target as Element).closest<HTMLElement>('[data-earshot]')
    if (opener) void (type === 'click' ? open({ kind: opener.dataset.earshot }) : ahead())
  }
  const mount = () => {
    // Taken out again before its words had come.
    if (signal.aborted) return
    form = undefined
    launcher?.root.host.remove()
    launcher = mountLauncher(settings, ahead, () => void open())
    for (const type of ['click', 'pointerover']) document.addEventListener(type, onOpener, { signal })
  }
  const show = (launcherSetting?: 'none') => {
    settings.launcher = launcherSetting
    if (launcher) launcher.button.hidden = !!launcherSetting
  }

  const widget: Record<string, unknown> = {
    open,
    close: () => form?.close(),
    show: () => show(),
    hide: () => show('none'),
    setTheme(theme: Settings['theme']) {
      settings.theme = theme
      form?.paint()
    },
    destroy() {
      controller.abort()
      launcher?.root.host.remove()
      if (client) client.destroy()
      else said.add((came) => came.destroy())
    },
  }
  for (const method of `${waiting} ${fetching} ${extra}`.split(' ')) {
    const isAsked = fetching.includes(method)
    widget[method] = (...args: unknown[]) => {
      // What was said before the client came was said then.
      if (method === 'crumb') args[2] ??= Date.now()
      // Whoever waits for the end need not wait for the client.
      if (method === 'on' && args[0] === 'destroy') {
        const listener = args[1] as () => void
        signal.addEventListener('abort', listener)
        return () => signal.removeEventListener('abort', listener)
      }
      const done = new NativePromise<unknown>((resolve, reject) => {
        const say = (there: unknown) => resolve((there as Methods)[method]!(...args))
        if (off || (!isAsked && said.size >= keptMax)) reject()
        else if (extra.includes(method)) loadExtras().then(say).catch(reject)
        else if (client) say(client)
        else {
          said.add(say)
          // Who is told that nothing was sent must not find that it was.
          const fail = (error: unknown) => isAsked && said.delete(say) && reject(error)
          if (isAsked || said.size === waitingMax) loadClient().catch(fail)
        }
      }).catch((error: unknown) => {
        if (error) console.error('earshot:', method, error)
        return method === 'send' ? { id: '', state: 'cancelled' } : 0
      })
      return isAsked ? done : () => done.then((undo) => undo && (undo as () => void)())
    }
  }

  let spoken: Promise<unknown> | undefined
  // What is wrong, the client says.
  if (!isRight && !isOff(settings.enabled)) loadClient().catch(() => undefined)
  if (!off) {
    settings.lang ??= document.documentElement.lang || navigator.language
    const { lang, shortcut, surveys, crumbs } = settings
    for (const type of ['error', 'unhandledrejection']) {
      // From then on the client listens itself.
      addEventListener(type, (event) => !client && said.size < keptMax && (widget as Methods).crumb!(event), { signal })
    }
    if (shortcut || (surveys ?? crumbs) != null || !/^en/i.test(lang)) spoken = loadExtras().then(mount, mount)
    else mount()
    const idle = window.requestIdleCallback ?? setTimeout
    // The outbox's database exists only while something waits in it; asking does not create it.
    const lookForKept = async () => {
      try {
        // In a page without an origin, asking would put an error of the browser's own into the page.
        if (origin !== 'null' && (await indexedDB.databases()).some((database) => database.name === name)) {
          await loadClient()
        }
      } catch {
        // Storage denied, or not loaded: the next page will look again.
      }
    }
    idle(() => void lookForKept())
  }
  return widget as unknown as Widget
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
