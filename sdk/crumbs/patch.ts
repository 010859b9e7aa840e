type Method = (...args: unknown[]) => unknown

const native: unknown = Reflect.get(Function.prototype, 'toString')

/** What stands around a method: calls it with `proceed`, once, and gives back what it gives. */
export type Around = (proceed: () => unknown, args: unknown[], self: unknown) => unknown

/**
 * Puts a layer around a method; name, length and text of the function stay, and so does everything else about it. Gives
 * what takes the layer away again. Where somebody has patched over it meanwhile, the layer stays and does nothing.
 */
export function patch(host: object | undefined, name: string, around: Around): () => void {
  const original: unknown = host && Reflect.get(host, name)
  if (!host || typeof original !== 'function') return () => undefined
  let isOn = true
  const layer = new Proxy(original as Method, {
    // A proxy's own text does not even tell its name.
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      return key === 'toString' && value === native ? (native as Method).bind(target) : value
    },
    apply(target, self, args) {
      const proceed = (): unknown => Reflect.apply(target, self, args)
      return isOn ? around(proceed, args, self) : proceed()
    },
  })
  const own = Reflect.getOwnPropertyDescriptor(host, name)
  // False where the page has frozen it: nothing is recorded then.
  Reflect.defineProperty(host, name, {
    writable: true,
    configurable: true,
    enumerable: true,
    ...(own && 'value' in own && own),
    value: layer,
  })
  return () => {
    isOn = false
    if (Reflect.get(host, name) !== layer) return
    if (own) Reflect.defineProperty(host, name, own)
    else Reflect.deleteProperty(host, name)
  }
}

/** Runs what notes a crumb: whatever goes wrong in it, the page's own call goes on. */
export function safely(work: () => void): void {
  try {
    work()
  } catch {
    // A getter or a method of the page's own threw: there is no crumb.
  }
}
