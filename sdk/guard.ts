// How each call may be used: its name and the types of what it is given. The words for it stand in diagnostics/.
const allowed =
  /^((identify|send|tag) object|(crumb (string|object)|context string)(?! ([bfs]|num))|untag string|tag string (bool|num|string)|on string fun|consent boo|beforeSend (f|u|null)|([rd]e|f))/

/** Says in the console what was done wrong and how it is right. The words come later, for those who need them. */
export function explain(name: string, args: unknown[], why?: unknown): void {
  import('./diagnostics/index.ts')
    .then((misuse) => misuse.explain(name, args, why))
    .catch(() => globalThis.console?.error('earshot:', name, why))
}

/**
 * The same calls, which never throw and never reject: wrong use is said in the console and does nothing, and so does
 * every call, in silence, once `isOn` gives false.
 */
export function guard<Api extends object>(api: Api, isOn: () => boolean): Api {
  const guarded: Record<string, unknown> = {}
  for (const [name, call] of Object.entries(api) as [string, (...args: unknown[]) => unknown][]) {
    guarded[name] = (...args: unknown[]) => {
      try {
        const types = args.map((given) => (given === null ? 'null' : typeof given))
        if (!isOn()) return nothing(name)
        if (allowed.test([name, ...types].join(' '))) return call(...args)
        explain(name, args)
      } catch (error) {
        explain(name, args, error)
      }
      return nothing(name)
    }
  }
  return guarded as Api
}

/** What a call gives that did nothing. */
function nothing(name: string): unknown {
  if (name === 'facts') return {}
  return name === 'on' ? () => undefined : Promise.resolve(name === 'send' ? { id: '', state: 'cancelled' } : 0)
}
