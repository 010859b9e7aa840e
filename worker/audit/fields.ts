type Fields = Record<string, unknown>

/** Secrets that must never be written down, whoever forgot to leave them out: keys, signing secrets, Slack's addresses. */
const secrets = /(sec_|idn_|whsec_)[\w+/=-]{8,}|(hooks\.slack\.com\/)[\w/-]+|([?&](?:token|key|sig)=)[^&"\\\s]+/g

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value) ?? '').byteLength

/**
 * What the audit log keeps of a change: of both sides only the fields that differ, without secrets, and of each side at
 * most `maxBytes` of JSON: the largest values go first, and leave their size. Null for a side of which nothing is left.
 */
export function keepFields(
  before: object | null,
  after: object | null,
  maxBytes: number,
): { before: Fields | null; after: Fields | null } {
  const [was, is] = [plain(before), plain(after)]
  const isSame = (name: string) => was !== null && is !== null && JSON.stringify(was[name]) === JSON.stringify(is[name])
  const keep = (side: Fields | null) => {
    const differing = Object.entries(side ?? {}).filter(([name]) => !isSame(name))
    return differing.length === 0 ? null : fit(Object.fromEntries(differing), maxBytes)
  }
  return { before: keep(was), after: keep(is) }
}

/** As JSON knows it, without secrets; null where there is nothing. */
function plain(side: object | null): Fields | null {
  if (side === null) return null
  return JSON.parse(
    JSON.stringify(side).replace(
      secrets,
      (_match, ...starts: string[]) => `${starts.slice(0, 3).find(Boolean) ?? ''}…`,
    ),
  ) as Fields
}

function fit(side: Fields, maxBytes: number): Fields {
  const kept = { ...side }
  const largest = Object.entries(side)
    .map(([name, value]) => ({ name, bytes: bytesOf(value) }))
    .toSorted((a, b) => b.bytes - a.bytes)
  for (const { name, bytes } of largest) {
    if (bytesOf(kept) <= maxBytes) break
    kept[name] = { omittedBytes: bytes }
  }
  return kept
}
