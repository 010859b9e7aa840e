import type { Settings } from './settings.ts'
import { createWidget } from './widget.ts'
import type { Widget } from './widget.ts'

/** Written in by the build: the chunks' paths, which carry their hashes. */
declare const chunkPaths: { client: string; form: string; extras: string }

type Call = (name: string, ...args: unknown[]) => unknown

/** The widget, callable by name as the stub was, whose queue it drains. */
export type EarshotGlobal = Widget & Call & { q?: Iterable<[string, ...unknown[]]> }

declare global {
  interface Window {
    earshot?: EarshotGlobal
  }
}

// `currentScript` is there only while the script runs, so it is read first. An image by that name would take its place.
const script = document.currentScript?.matches('script')
  ? document.currentScript
  : document.querySelector<HTMLScriptElement>('script[data-key]')

function start({ src, dataset }: HTMLScriptElement): void {
  const base = new URL('.', src).href
  const json = document.querySelector('script[data-earshot]')?.textContent ?? '{}'
  const settings = { endpoint: base, ...(JSON.parse(json) as object), ...(dataset as object) } as Settings
  // A second address: a browser may remember that the first one failed.
  const load = (path: string) => (again?: boolean) => import(`${base}chunks/${path}.js${again ? '?' : ''}`)
  const { client, form, extras } = chunkPaths
  const widget = createWidget(settings, { client: load(client), form: load(form), extras: load(extras) })
  const call: Call = (name, ...args) => {
    const method = (widget as unknown as Record<string, Call>)[name]
    return method ? method(...(args as [string])) : console.error(`earshot: there is no ${name}`)
  }
  const queue = window.earshot?.q ?? []
  window.earshot = Object.assign(call, widget)
  for (const entry of queue) call(...entry)
  document.dispatchEvent(new Event('earshot:ready'))
}

// A second script, of whatever version, finds the first one's API and leaves it alone.
if (script && !window.earshot?.open && document.adoptedStyleSheets) {
  try {
    start(script)
  } catch (error) {
    // Settings that are no JSON.
    console.error('earshot:', error)
  }
}
