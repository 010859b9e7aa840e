/** What a line may say: ids, codes and counts; never what somebody said, typed or is called. */
export type LogFacts = Record<string, string | number | boolean | null | undefined | Record<string, number>>

/**
 * Writes one structured line, as JSON on the error stream, where Workers Logs and `wrangler tail` find it.
 *
 * @example log('poke failed', { error: describeError(error) })
 */
export function log(event: string, facts: LogFacts): void {
  console.error(JSON.stringify({ event, ...facts }))
}

/** Where something failed, without the values that it failed at: engines quote the input in their messages, and an address may be a
 * secret. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
  const message = error.message
    .replace(/"[^]*"/, '"…"')
    .replace(/\bhttps?:\/\/\S+/g, '…')
    .slice(0, 300)
  return [`${error.name}: ${message}`, ...frames].join('\n')
}

/** Lines of one kind that are written in a minute; a flood of refusals must not become a flood of lines. */
export function limitLines(mostPerMinute: number): (now: number) => { left: number } | null {
  let minute = 0
  let written = 0
  let left = 0
  return (now) => {
    const current = Math.floor(now / 60_000)
    if (current !== minute) {
      minute = current
      written = 0
    }
    if (written >= mostPerMinute) {
      left++
      return null
    }
    written++
    const told = left
    left = 0
    return { left: told }
  }
}
