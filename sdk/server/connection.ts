/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Time and chance, to be replaced in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>
  /** From 0 up to 1. */
  random(): number
}

/** What `createClient` takes. */
export interface ClientOptions {
  /** Where the collector is, such as `https://feedback.example.com`; a path in front of its routes is kept. */
  endpoint: string
  /** A secret key (`sec_…`) with the scopes that the calls need. Never in a page. */
  key: string | undefined
  /** The project's id. Asked for once where a call needs it and it is not given. */
  project?: string
  /** Default: the runtime's own, looked up at each request. */
  fetch?: Fetch
  /** How often a request is made at most. Default: 5. */
  attempts?: number
  /** How long one attempt may take, and how long a stream may say nothing, in milliseconds. Default: 30,000. */
  timeoutMs?: number
  /** For tests. */
  clock?: Clock
}

/** The options, checked and whole. */
export interface Connection extends Required<Omit<ClientOptions, 'key' | 'project'>> {
  key: string
  project: string | undefined
}

/** @throws TypeError that says which option is wrong */
export function connect(options: ClientOptions): Connection {
  const { endpoint, key, project, attempts = 5, timeoutMs = 30_000, clock = realClock } = options
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`earshot: endpoint "${endpoint}" is no address. It looks like https://feedback.example.com.`)
  }
  if (typeof key !== 'string' || key === '') {
    throw new TypeError('earshot: key is missing. It is a secret key, which begins with sec_.')
  }
  // Not said: the key itself, which may be a good one in the wrong place.
  if (!/^sec_[0-9A-Za-z]+$/.test(key)) throw new TypeError(`earshot: ${wrongKey(key)}`)
  if (!Number.isInteger(attempts) || attempts < 1) throw new TypeError('earshot: attempts is a whole number from 1.')
  if (!(timeoutMs > 0)) throw new TypeError('earshot: timeoutMs is a number of milliseconds above 0.')
  return {
    endpoint: (url.origin + url.pathname).replace(/\/+$/, ''),
    key,
    project,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    attempts,
    timeoutMs,
    clock,
  }
}

function wrongKey(key: string): string {
  if (key.startsWith('pub_')) {
    return 'key is a publishable key, which may only submit. The private API takes a secret key, which begins with sec_.'
  }
  if (key.startsWith('idn_')) {
    return 'key is an identity secret, which only signs: give it to signIdentity. The private API takes a secret key, which begins with sec_.'
  }
  return 'key is no secret key: those are sec_ and letters or digits.'
}

const realClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  pause: (ms, signal) =>
    new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', over)
        resolve()
      }
      const timer = setTimeout(over, ms)
      if (signal?.aborted === true) over()
      signal?.addEventListener('abort', over)
    }),
}
