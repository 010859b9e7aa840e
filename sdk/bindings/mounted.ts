import type { Settings, Widget } from 'earshot/widget'
import type { Identity } from '../index.ts'
import type { Primitive } from '../wire/index.ts'

/** One widget of the page: that of a key and an endpoint, whoever of the page's parts use it. */
export interface Mounted {
  /** The widget's whole API at once; what is said before the widget is there waits, in order. */
  earshot: Widget
  /** Counts a user; gives what counts it off again. The widget goes with its last user. */
  hold: () => () => void
  /** Says who speaks; null, or another id, forgets whoever was said before. */
  speak: (person: Identity | null) => void
}

/** What `<Earshot>` takes, in every framework. */
export interface EarshotProps {
  /** What `mount()` takes. `key` and `endpoint` tell one widget from another; the rest is read when it is mounted. */
  settings: Settings
  /** Who speaks. Null, or another id, forgets whoever was said before: their draft, tags and crumbs go too. */
  person?: Identity | null
  /** Flat values to filter and group by, for as long as this is mounted; null and undefined are left out. */
  tags?: Record<string, Primitive | null | undefined>
  /** Named objects to read beside the words, for as long as this is mounted. */
  context?: Record<string, object | null>
}

type Call = (...args: unknown[]) => unknown
type Calls = Record<string, Call>

const nothing = () => {}
const later = async () => {}
const undo = () => nothing

/** What each call gives where there is no widget: on a server, or when it cannot be loaded. */
const absent: Widget = {
  close: nothing,
  show: nothing,
  hide: nothing,
  setTheme: nothing,
  setLocale: nothing,
  track: nothing,
  destroy: nothing,
  identify: nothing,
  tag: nothing,
  untag: nothing,
  context: nothing,
  crumb: nothing,
  consent: nothing,
  beforeSend: nothing,
  on: undo,
  attachTo: undo,
  open: later,
  reset: later,
  send: async () => ({ id: '', state: 'cancelled' }),
  flush: async () => 0,
}

/** The widget's API as calls by name. */
export function facade(call: (name: string, args: unknown[]) => unknown): Widget {
  const calls: Calls = {}
  for (const name of Object.keys(absent)) {
    calls[name] = (...args) => {
      // What waits happened when it was said.
      if (name === 'crumb') args[2] ??= Date.now()
      return call(name, args)
    }
  }
  return calls as unknown as Widget
}

const nowhere: Mounted = { earshot: absent, hold: undo, speak: nothing }
const instances = new Map<string, [mounted: Mounted, settings: Settings]>()

/**
 * The widget of these settings, the same for each caller. Nothing is loaded before somebody holds it, and nothing ever
 * on a server or with `enabled: false`.
 */
export function mounted(settings: Settings): Mounted {
  // Without settings the widget itself says what is missing; nothing is thrown into a render.
  if (typeof document === 'undefined' || settings?.enabled === false) return nowhere
  const name = `${settings?.key} ${settings?.endpoint}`
  const known = instances.get(name)
  if (known) {
    // One that says less takes nothing back, such as the `beforeSend` of another.
    Object.assign(known[1], settings)
    return known[0]
  }
  const own = { ...settings }
  const made = createMounted(own)
  instances.set(name, [made, own])
  return made
}

function createMounted(settings: Settings): Mounted {
  let widget: Calls | undefined
  let loading = false
  let users = 0
  let speaker: Identity | null
  // Each is called with the widget, or with nothing when that could not be loaded.
  const waiting = new Set<(widget?: Calls) => void>()

  const load = async () => {
    if (widget || loading || !users) return
    loading = true
    try {
      const { mount } = await import('earshot/widget')
      if (users) {
        widget = mount({
          ...settings,
          // That of the latest render, not of the first.
          beforeSend: (submission) => (settings.beforeSend ? settings.beforeSend(submission) : submission),
        }) as unknown as Calls
      }
    } catch (error) {
      console.error('earshot: the widget did not load; its next use tries again.', error)
    }
    loading = false
    for (const run of waiting) run(widget)
  }

  const hold = () => {
    let held = 1
    users++
    void load()
    return () => {
      users -= held
      held = 0
      // Those who take it up again at once (strict mode, a new view) find it as it was.
      setTimeout(() => {
        if (users) return
        widget?.destroy?.()
        widget = undefined
        waiting.clear()
      })
    }
  }

  const earshot = facade((name, args) => {
    const instead = (absent as unknown as Calls)[name]!()
    const isAsking = instead instanceof Promise
    // Who waits for an answer is a user: what was said on the way out still arrives.
    const release = isAsking ? hold() : void load()
    let result = instead
    if (widget) result = widget[name]!(...args)
    else {
      let settle: Call = (value) => (result = value)
      const run = (arrived?: Calls) => {
        // What needs no answer waits for the next try.
        if (!arrived && !isAsking) return
        waiting.delete(run)
        settle(arrived ? arrived[name]!(...args) : instead)
      }
      waiting.add(run)
      if (isAsking) result = new Promise((resolve) => (settle = resolve))
      else if (instead) return () => waiting.delete(run) || (result as Call)()
    }
    return isAsking ? (result as Promise<unknown>).finally(release) : result
  })

  return {
    earshot,
    hold,
    speak(person) {
      if (speaker && (!person || (speaker.id && speaker.id !== person.id))) void earshot.reset()
      speaker = person
      if (person) earshot.identify(person)
    },
  }
}
