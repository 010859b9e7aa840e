const encoder = new TextEncoder()

/** Texts as they become bytes. */
export interface Utf8 {
  add(text: string): void
  /** What was added since the last time, in pieces. */
  take(): Uint8Array[]
}

/**
 * Encodes texts one by one into pieces of `size` bytes. Put together before, all of them would take two bytes a character
 * as soon as one of them holds an emoji, and be copied twice.
 */
export function makeUtf8(size = 64_000): Utf8 {
  let full: Uint8Array[] = []
  let piece = new Uint8Array(size)
  let used = 0
  const close = () => {
    if (used > 0) full.push(piece.subarray(0, used))
    piece = new Uint8Array(size)
    used = 0
  }
  return {
    add: (text) => {
      for (let rest = text; ;) {
        const { read, written } = encoder.encodeInto(rest, piece.subarray(used))
        used += written
        if (read === rest.length) return
        rest = rest.slice(read)
        close()
      }
    },
    take: () => {
      close()
      const taken = full
      full = []
      return taken
    },
  }
}
