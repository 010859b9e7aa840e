import { isPublic } from './address.ts'

/** Finds the addresses of a name; none where it has none. Throws where nobody could be asked. */
export type Resolve = (name: string) => Promise<string[]>

/** What is asked, and what answers hold: IPv4 and IPv6. https://www.iana.org/assignments/dns-parameters */
const types = { A: 1, AAAA: 28 } as const

/**
 * A resolver by DNS over HTTPS, in its JSON form: a worker has no other. Cloudflare's unless told.
 * https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/
 */
export const resolveOverHttps =
  (fetch: typeof globalThis.fetch, endpoint: string, timeoutMs: number): Resolve =>
  async (name) => {
    const answers = await Promise.all(
      Object.entries(types).map(async ([type, number]) => {
        const url = new URL(endpoint)
        url.searchParams.set('name', name)
        url.searchParams.set('type', type)
        const headers = { accept: 'application/dns-json' }
        const response = await fetch(url.href, { headers, signal: AbortSignal.timeout(timeoutMs) })
        if (!response.ok) throw new Error(`DNS answered ${response.status}`)
        const { Answer = [] } = await response.json<{ Answer?: { type: number; data: string }[] }>()
        // A name that stands for another one (CNAME) is followed by the one who answers.
        return Answer.filter((answer) => answer.type === number).map(({ data }) => data)
      }),
    )
    return answers.flat()
  }

/** Why a name must not be connected to; null where all of its addresses are public. */
export function whyNotPublic(name: string, addresses: readonly string[]): string | null {
  const inside = addresses.find((address) => !isPublic(address))
  return inside === undefined ? null : `${name} stands for ${inside}, which is not a public address.`
}
