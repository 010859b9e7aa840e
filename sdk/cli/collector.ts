import { createClient, EarshotError } from '../server/index.ts'
import type { CallProblem, Client, Result } from '../server/index.ts'
import { Failure } from './failure.ts'
import type { Exit } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** A person waits, but rather than begin again: more patient than a server would be. */
const attempts = 8
const timeoutMs = 120_000

/** The client, from the options, else from the environment. */
export function collectorFrom(
  options: { endpoint?: string | undefined; key?: string | undefined; project?: string | undefined },
  terminal: Terminal,
): Client {
  const endpoint = endpointOf(options, terminal)
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure(
      'wrongUse',
      `The endpoint "${endpoint}" is no address. It looks like https://feedback.example.com.`,
    )
  }
  const key = keyFrom(options, terminal)
  if (!/^sec_[0-9A-Za-z]+$/.test(key)) {
    throw new Failure(
      'wrongUse',
      key.startsWith('pub_')
        ? 'This is a publishable key. The command line needs a secret one, which begins with sec_.'
        : 'The key is no secret key: those are sec_ and letters or digits.',
    )
  }
  if (url.protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) {
    terminal.stderr.write(`earshot: ${url.origin} is not encrypted: others on the way can read the key.\n`)
  }
  return createClient({ endpoint, key, attempts, timeoutMs, ...(options.project && { project: options.project }) })
}

/** Where the collector is. */
export const endpointOf = ({ endpoint }: { endpoint?: string | undefined }, terminal: Terminal): string =>
  endpoint ?? terminal.env['EARSHOT_ENDPOINT'] ?? 'http://localhost:8787'

/** The key that a command goes by. */
export function keyFrom({ key }: { key?: string | undefined }, terminal: Terminal): string {
  const given = (key ?? terminal.env['EARSHOT_KEY'] ?? '').trim()
  if (given !== '') return given
  throw new Failure('wrongUse', 'A secret key is needed: set EARSHOT_KEY, or give --key. "npm start" prints one.')
}

/** The value of a call; a problem ends the command. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw failureOf(result.problem)
}

/** Hands on what is iterated over; a problem on the way ends the command. */
export async function* valuesOf<T>(values: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* values
  } catch (error) {
    throw error instanceof EarshotError ? failureOf(error.problem) : error
  }
}

/** A problem as a sentence for people, with the exit code it means. */
export function failureOf(problem: CallProblem): Failure {
  const { code, detail, status, requestId } = problem
  const issues = problem.issues.map((issue) => ` ${issue.path}: ${issue.reason}.`).join('')
  const quoted = requestId === null ? '' : ` (${code}, request ${requestId})`
  const text = `${detail}${issues}${quoted}`
  // Something else in between refused, and knows nothing of keys.
  if (code === 'not-a-collector') return new Failure(exitOf(problem), text)
  if (status === 401) return new Failure('unreachable', `The collector does not know this key. ${text}`)
  if (status === 403) return new Failure('unreachable', `The key may not do this. ${text}`)
  return new Failure(exitOf(problem), text)
}

function exitOf({ code, status }: CallProblem): Exit {
  if (code === 'incomplete') return 'incomplete'
  if (code === 'not-a-collector') return status !== null && status < 400 && status >= 300 ? 'wrongUse' : 'unreachable'
  return status === null
    ? code === 'bad-filter'
      ? 'wrongUse'
      : 'unreachable'
    : status < 429
      ? 'wrongUse'
      : 'unreachable'
}
