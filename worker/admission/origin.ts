import { limits } from '../../sdk/wire/limits.ts'
import { done, failed, type Outcome } from '../failure.ts'

/**
 * What somebody enters as an origin, in the form in which a browser says it; null where it can be none. A host alone
 * means https, a path is left out, `*.` stands for any subdomain of at least two labels, and `capacitor://` for every
 * origin of that scheme.
 *
 * @example readOrigin('https://App.Example.com/shop') // 'https://app.example.com'
 */
export function readOrigin(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed === 'null') return trimmed
  const [, scheme = 'https', rest = trimmed] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(trimmed) ?? []
  const origin = /^https?$/i.test(scheme) ? readSite(`${scheme}://${rest}`) : readApp(scheme, rest)
  return origin !== null && origin.length <= limits.originMaxChars ? origin : null
}

function readSite(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { origin, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return null
  const host = hostname.replace(/^\*\./, '')
  if (host.includes('*') || host === '') return null
  return host !== hostname && !/[^.]\.[^.]/.test(host) ? null : origin
}

function readApp(scheme: string, rest: string): string | null {
  const [host = ''] = rest.split(/[/?#]/)
  return /^[\w.:-]*$/.test(host) ? `${scheme}://${host}`.toLowerCase() : null
}

/** Reads a list of origins, each once; says which ones cannot be any. */
export function readOrigins(texts: readonly string[]): Outcome<string[]> {
  const read = texts.map(readOrigin)
  const issues = read.flatMap((origin, at) =>
    origin === null
      ? [{ path: `origins.${at}`, reason: 'is no origin, such as https://app.example.com or https://*.example.com' }]
      : [],
  )
  const [first] = issues
  if (first !== undefined) return failed('invalid', `Not accepted: ${first.path} ${first.reason}.`, { issues })
  return done([...new Set(read.filter((origin) => origin !== null))])
}

/**
 * Whether a request from this origin is admitted. Hygiene, not proof: whoever is no browser says what it likes. So a
 * request that names no origin passes, and an empty list admits all.
 */
export function isAdmitted(origin: string | undefined, admitted: readonly string[]): boolean {
  if (origin === undefined || admitted.length === 0) return true
  const said = origin.toLowerCase()
  return admitted.some((one) => {
    if (one === said) return true
    if (one.endsWith('://')) return said.startsWith(one)
    const [scheme, domain] = one.split('://*')
    return domain !== undefined && said.startsWith(`${scheme}://`) && said.endsWith(domain) && isHost(said, domain)
  })
}

/** Whether something stands before the domain: `https://.example.com` is nobody's. */
const isHost = (said: string, domain: string): boolean => !said.slice(0, -domain.length).endsWith('/')
