/** Baseline, extended sequential and progressive: what browsers show. ITU-T T.81, table B.1 */
const frames = new Set([0xc0, 0xc1, 0xc2])

/**
 * Reads a JPEG's size from its frame header; null where there is none. Segments are passed over by their lengths; what stands
 * between them is looked through byte by byte, as decoders do, and costs next to nothing: anybody may send two megabytes of it.
 */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const numberAt = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  // Behind the marker that every JPEG begins with.
  for (let at = 2; at + 9 <= bytes.length;) {
    const marker = bytes[at] === 0xff ? (bytes[at + 1] ?? 0) : 0
    if (frames.has(marker)) return { height: numberAt(at + 5), width: numberAt(at + 7) }
    // Markers from 0xc0 on that say a length, which counts itself; the others stand alone, or are none.
    const hasLength = marker >= 0xc0 && marker < 0xff && (marker < 0xd0 || marker > 0xd9)
    at += hasLength ? 2 + Math.max(2, numberAt(at + 2)) : 1
  }
  return null
}
