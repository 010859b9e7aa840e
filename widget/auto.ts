import type { Chunks } from './chunks.ts'
import { createWidget } from './widget.ts'
import type { Widget } from './widget.ts'
import type { Settings } from './settings.ts'

/** Written in by the build: the chunks' paths, which carry their hashes. */
declare const chunkPaths: { client: string; form: string }

/** `window.earshot`: the widget, callable by name as the stub was. */
type Global = Widget & ((name: string, ...args: unknown[]) => unknown)

declare global {
  interface Window {
    earshot?: Global & { q?: ArrayLike<unknown>[] }
  }
}

// `currentScript` is there only while the script runs, so it is read first.
const script = (document.currentScript ?? document.querySelector('script[data-key]')) as HTMLScriptElement | null

/** Settings from the script's attributes and the page's JSON; `data-tag-NAME` and `data-user-NAME` come apart. */
function readSettings(from: HTMLScriptElement) {
  const settings: Record<string, unknown> = {
    endpoint: new URL('.', from.src).href.replace(/\/$/, ''),
    ...JSON.parse(document.querySelector('script[type="application/json"][data-earshot]')?.textContent || '{}'),
  }
  const grouped: Record<string, Record<string, unknown>> = { tag: {}, user: {} }
  for (const { name, value } of from.attributes) {
    const [, group, key] = /^data-(?:(tag|user)-)?(.+)/.exec(name) ?? []
    if (!key) continue
    const parsed = key === 'query' ? value.split(',') : value === 'true' || (value === 'false' ? false : value)
    if (group) (grouped[group] as Record<string, unknown>)[key] = parsed
    else settings[key] = parsed
  }
  return { settings: settings as unknown as Settings, ...grouped } as {
    settings: Settings
    tag: Record<string, unknown>
    user: Record<string, string>
  }
}

function start(from: HTMLScriptElement): void {
  const { settings, tag, user } = readSettings(from)
  const base = new URL('.', from.src).href
  // A second address: a browser may remember that the first one failed.
  const load = (path: string) => (attempt: number) => import(`${base}${path}${attempt ? '?again' : ''}`)
  const chunks: Chunks = { client: load(chunkPaths.client), form: load(chunkPaths.form) }
  const waiting = window.earshot?.q ?? []
  const widget = createWidget(settings, chunks)
  const call = (name: string, ...args: unknown[]) => {
    const method: unknown = widget[name as keyof Widget]
    return typeof method === 'function' ? (method as (...args: unknown[]) => unknown)(...args) : undefined
  }
  window.earshot = Object.assign<typeof call, Widget>(call, widget)
  if (Object.keys(user).length > 0) widget.identify(user)
  widget.tag(tag)
  for (const entry of Array.from(waiting)) call(...(Array.from(entry) as [string]))
  document.dispatchEvent(new CustomEvent('earshot:ready'))
}

// A second script, of whatever version, finds the first one's API and leaves it alone.
if (script?.dataset.key && !window.earshot?.open && 'adoptedStyleSheets' in document) start(script)
