/** Bytes of JSON in one parameter of a bulk statement; D1 takes 2,000,000. */
const chunkMaxBytes = 1_000_000
const encoder = new TextEncoder()

/**
 * Splits a list so that each part fits into one parameter as JSON. `factor` is how much longer than its own JSON an
 * entry becomes on the way.
 */
export function chunksOf<T>(list: readonly T[], factor = 1): T[][] {
  const chunks: T[][] = []
  let bytes = Infinity
  for (const entry of list) {
    const size = factor * encoder.encode(JSON.stringify(entry)).length + 500
    if (bytes + size > chunkMaxBytes) {
      chunks.push([])
      bytes = 0
    }
    bytes += size
    chunks.at(-1)?.push(entry)
  }
  return chunks
}
