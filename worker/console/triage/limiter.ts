/** Lets at most `most` tasks run at once; the others wait in their order. */
export function createLimiter(most: number) {
  const waiting: (() => void)[] = []
  let running = 0

  return async function limited<T>(task: () => Promise<T>): Promise<T> {
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    running += 1
    try {
      return await task()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
