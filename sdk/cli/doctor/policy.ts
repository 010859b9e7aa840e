/** One Content-Security-Policy, by directive in lower case. */
export type Policy = Map<string, string[]>

/**
 * Parses a header or a meta element: several policies stand with commas between, and all of them hold.
 *
 * @see https://www.w3.org/TR/CSP3/#parse-serialized-policy
 */
export function parsePolicies(text: string): Policy[] {
  return text
    .split(',')
    .map((one) => {
      const policy: Policy = new Map()
      for (const part of one.split(';')) {
        const [name, ...sources] = part.trim().split(/\s+/)
        // Of a directive that stands twice the first counts.
        if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources)
      }
      return policy
    })
    .filter((policy) => policy.size > 0)
}

/** What a page asks of its policies: a script that its tag loads, or a request. */
export interface Wish {
  directive: 'script-src' | 'connect-src'
  url: URL
  /** The page's own address: what `'self'` means. */
  page: URL
  /** Of the script's tag. */
  nonce?: string | undefined
}

/** The directive that forbids it, with what it falls back to; null where the policy lets it pass. */
export function refusalOf(policy: Policy, { directive, url, page, nonce }: Wish): string | null {
  const name = namesOf(directive).find((one) => policy.has(one))
  if (name === undefined) return null
  const sources = policy.get(name) ?? []
  if (directive === 'script-src') {
    if (nonce && sources.includes(`'nonce-${nonce}'`)) return null
    // With strict-dynamic, addresses count for nothing.
    if (sources.some(isDynamic)) return name
  }
  return sources.some((source) => admits(source, url, page)) ? null : name
}

/**
 * The directive as it must be, whole: one that is added takes the place of `default-src` for what it is about, so the
 * sources of that go along, and what the page does already goes on.
 *
 * @example mendOf(policy of "default-src 'self'", asked to connect to E) // "connect-src 'self' E"
 */
export function mendOf(policy: Policy, { directive, url, page }: Wish): string {
  const name = namesOf(directive).find((one) => policy.has(one)) ?? directive
  const sources = policy.get(name) ?? []
  if (directive === 'script-src' && sources.some((source) => isDynamic(source) || /^'nonce-/i.test(source))) {
    return `a nonce on the script tag, the one of ${name}`
  }
  const kept = sources.filter((source) => directive === 'script-src' || !/^'(?!self')/i.test(source))
  const added = url.origin === page.origin ? "'self'" : url.origin
  return [
    name === 'default-src' ? directive : name,
    ...kept.filter((source) => source.toLowerCase() !== "'none'"),
    added,
  ].join(' ')
}

const namesOf = (directive: Wish['directive']): string[] =>
  directive === 'script-src' ? ['script-src-elem', directive, 'default-src'] : [directive, 'default-src']

const isDynamic = (source: string): boolean => source.toLowerCase() === "'strict-dynamic'"

/** @see https://www.w3.org/TR/CSP3/#match-url-to-source-expression */
function admits(source: string, url: URL, page: URL): boolean {
  const lower = source.toLowerCase()
  if (lower === "'self'") return url.origin === page.origin || isUpgraded(page, url)
  if (lower === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol
  if (/^[a-z][a-z0-9+.-]*:$/.test(lower))
    return url.protocol === lower || (lower === 'http:' && url.protocol === 'https:')
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*']+)(?::(\*|\d+))?(\/[^?#]*)?$/i.exec(source)
  if (match === null) return false
  const [, scheme, host = '', port, path] = match
  const wanted = `${scheme?.toLowerCase() ?? page.protocol.slice(0, -1)}:`
  if (wanted !== url.protocol && !(wanted === 'http:' && url.protocol === 'https:')) return false
  const hostname = host.toLowerCase()
  const fitsHost =
    hostname === '*' ||
    (hostname.startsWith('*.') ? url.hostname.endsWith(hostname.slice(1)) : url.hostname === hostname)
  if (!fitsHost || !fitsPort(port, url)) return false
  if (path === undefined || path === '/') return true
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path
}

const isUpgraded = (page: URL, url: URL): boolean =>
  page.hostname === url.hostname && page.protocol === 'http:' && url.protocol === 'https:' && url.port === ''

function fitsPort(port: string | undefined, url: URL): boolean {
  if (port === '*') return true
  const actual = url.port === '' ? { 'https:': '443', 'http:': '80' }[url.protocol] : url.port
  return port === undefined ? url.port === '' : port === actual
}
