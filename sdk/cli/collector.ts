import type { Problem } from '../wire/index.ts'
import { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Where a command reads and writes, and as whom. */
export interface Collector {
  /** Without a slash at the end. */
  endpoint: string
  /** A secret key: never printed. */
  key: string
  /** Needed only where the key sees more than one project. */
  project?: string
}

/** How patient a request is. */
export interface Patience {
  attempts: number
  /** The first pause, in milliseconds; each further one is twice as long, up to `longestMs`. */
  firstMs: number
  longestMs: number
}

export const patience: Patience = { attempts: 8, firstMs: 500, longestMs: 30_000 }

const askedAtMostMs = 300_000

/** From the options, else from the environment. */
export function collectorFrom(
  options: { endpoint?: string | undefined; key?: string | undefined; project?: string | undefined },
  terminal: Terminal,
): Collector {
  const given = options.endpoint ?? terminal.env['EARSHOT_ENDPOINT'] ?? 'http://localhost:8787'
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure('wrongUse', `The endpoint "${given}" is no address. It looks like https://feedback.example.com.`)
  }
  const key = (options.key ?? terminal.env['EARSHOT_KEY'] ?? '').trim()
  if (key === '') {
    throw new Failure('wrongUse', 'A secret key is needed: set EARSHOT_KEY, or give --key. "npm start" prints one.')
  }
  if (!key.startsWith('sec_')) {
    throw new Failure(
      'wrongUse',
      key.startsWith('pub_')
        ? 'This is a publishable key. Importing and exporting need a secret one, which begins with sec_.'
        : 'The key is no secret key: those begin with sec_.',
    )
  }
  if (url.protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) {
    terminal.stderr.write(`earshot: ${url.origin} is not encrypted: others on the way can read the key.\n`)
  }
  const endpoint = (url.origin + url.pathname).replace(/\/+$/, '')
  return { endpoint, key, ...(options.project && { project: options.project }) }
}

/**
 * One request, made again after `429`, a fault of the collector's or a broken network; a caller may therefore send
 * only what can be sent twice. `read` belongs to the attempt: when it throws, the answer was cut, and that counts as a
 * broken network too.
 */
export async function request<T>(
  collector: Collector,
  path: string,
  init: { method?: string; body?: string; headers?: Record<string, string> },
  read: (response: Response) => Promise<T>,
  how: Patience = patience,
): Promise<T> {
  const url = new URL(collector.endpoint + path)
  if (collector.project) url.searchParams.set('project', collector.project)
  for (let attempt = 1; ; attempt++) {
    let trouble: string
    let pauseMs = Math.min(how.longestMs, how.firstMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
    try {
      const response = await fetch(url, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${collector.key}` },
        redirect: 'manual',
      })
      if (response.ok) return await read(response)
      const refusal = await refusalOf(response, collector)
      if (response.status !== 429 && response.status < 500) throw refusal
      trouble = refusal.message
      pauseMs = Math.max(pauseMs, askedPauseMs(response.headers.get('retry-after')))
    } catch (error) {
      if (error instanceof Failure) throw error
      trouble = `${collector.endpoint} does not answer (${causeOf(error)}).`
    }
    if (attempt >= how.attempts) throw new Failure('unreachable', `${trouble} Gave up after ${attempt} attempts.`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** A refusal as a sentence for people, with the exit code it means. */
async function refusalOf(response: Response, collector: Collector): Promise<Failure> {
  const { status } = response
  if (status >= 300 && status < 400) {
    const to = response.headers.get('location') ?? 'elsewhere'
    return new Failure('wrongUse', `${collector.endpoint} redirects to ${to}. Give the address itself as --endpoint.`)
  }
  const problem = await problemOf(response)
  if (!problem)
    return new Failure('unreachable', `${collector.endpoint} answered ${status} and is no collector, or not now.`)
  const issues = (problem.issues ?? []).map((issue) => ` ${issue.path}: ${issue.reason}.`).join('')
  const text = `${problem.detail || problem.title}${issues} (${problem.code}, request ${problem.requestId})`
  if (status === 401) return new Failure('unreachable', `The collector does not know this key. ${text}`)
  if (status === 403) return new Failure('unreachable', `The key may not do this. ${text}`)
  return new Failure(status === 400 || status === 422 ? 'wrongUse' : 'unreachable', text)
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!response.headers.get('content-type')?.includes('json')) return null
  try {
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : null
  } catch {
    // Says it is JSON and is not, or was cut: some proxy's answer.
    return null
  }
}

/** `Retry-After` in both its forms, in milliseconds; five minutes at most. */
export function askedPauseMs(header: string | null, now: number = Date.now()): number {
  if (!header) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), askedAtMostMs) : 0
}

/** `fetch` hides why it failed one or two levels down. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = (error as NodeJS.ErrnoException).code
  if (error.cause) return causeOf(error.cause)
  return code ?? error.message
}
