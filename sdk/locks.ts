/**
 * Runs `work`, which must not reject, under a Web Lock, which other tabs of the same origin see. `held` is false when
 * `ifAvailable` was asked for and somebody has it; it is undefined where the browser has no locks (insecure pages) or
 * does not let this page use them (opaque origins).
 */
export async function withLock<T>(
  name: string,
  options: LockOptions,
  work: (held?: boolean) => Promise<T>,
): Promise<T> {
  const locks = globalThis.navigator?.locks
  return locks ? locks.request(name, options, (lock) => work(!!lock)).catch(() => work()) : work()
}

/** Makes `work` run one at a time: all who ask while it runs share the one run after it. */
export function inTurn<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> | undefined
  let next: Promise<T> | undefined
  const run = () => {
    next = undefined
    return work()
  }
  return () => (next ??= last = Promise.resolve(last).then(run, run))
}
