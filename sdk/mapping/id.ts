const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const encoder = new TextEncoder()

/** Says whether a text is a UUID already, whatever its version. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/**
 * A UUIDv8 (RFC 9562) made of a SHA-256: the same parts always give the same id, so an import can be repeated, from the
 * command line or from the console.
 *
 * @param parts each with its length in bytes before it, so that `ab, c` is not `a, bc`
 */
export async function idFrom(...parts: string[]): Promise<string> {
  const hex = await sha256(parts.map((part) => `${encoder.encode(part).length}:${part}`).join(''))
  const variant = (8 + (parseInt(hex.charAt(16), 16) & 3)).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What tells the content of one row from another's, in 24 characters. */
export async function fingerprint(cells: readonly string[]): Promise<string> {
  return (await sha256(JSON.stringify(cells))).slice(0, 24)
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}
