import { inject } from 'vitest'
import type { Feedback, FeedbackList, Problem, Submission } from '../../sdk/wire/index.ts'
import { setUp } from '../../worker/dev/server.mjs'

/** A project of its own on the built worker, which runs in workerd with a real database. */
export interface System {
  /** Where the collector, the console and the static files are served. */
  origin: string
  project: string
  publishableKey: string
  secretKey: string
  /** Works once. */
  signInUrl: string
  /** Sends a submission with the publishable key. */
  submit(submission: Partial<Submission> | string | Uint8Array<ArrayBuffer>, query?: string): Promise<Response>
  /** Calls a private route with the secret key. */
  call(path: string, init?: RequestInit): Promise<Response>
  /** Lists with a query string. */
  list(query?: string): Promise<FeedbackList>
  /** Imports lines; answers with one result a line. */
  importLines(lines: readonly object[]): Promise<{ line: number; id: string; result: string; reason?: string }[]>
  find(id: string): Promise<Feedback>
  /** Runs what the schedule runs. */
  runSchedule(): Promise<void>
}

/** Makes a project for a test file, with keys and a sign-in link. */
export async function startSystem(name = 'Test'): Promise<System> {
  const origin = inject('origin')
  const made = await setUp(origin, inject('setupToken'), name)
  const call: System['call'] = (path, init) =>
    fetch(`${origin}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${made.secretKey}`, ...(init?.headers as Record<string, string> | undefined) },
    })
  const runSchedule = async () => {
    await (await fetch(`${origin}/cdn-cgi/local/scheduled`)).text()
    // The schedule leaves alone what a poke holds a lease of; an exact count waits for it.
    await (await call('/v1/feedback/count')).text()
  }
  return {
    origin,
    project: made.project,
    publishableKey: made.publishableKey,
    secretKey: made.secretKey,
    signInUrl: made.signInUrl,
    call,
    runSchedule,
    submit: (submission, query = `?key=${made.publishableKey}`) =>
      fetch(`${origin}/v1/feedback${query}`, {
        method: 'POST',
        body:
          typeof submission === 'string' || submission instanceof Uint8Array ? submission : JSON.stringify(submission),
      }),
    list: async (query = '') => {
      await runSchedule()
      return (await (await call(`/v1/feedback${query}`)).json()) as FeedbackList
    },
    importLines: async (lines) => {
      const response = await call('/v1/import', {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.map((line) => JSON.stringify(line)).join('\n'),
      })
      const text = await response.text()
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    },
    find: async (id) => (await (await call(`/v1/feedback/${id}`)).json()) as Feedback,
  }
}

/** The problem of a refusal, with what every problem must have. */
export async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type') !== 'application/problem+json') {
    throw new Error(`No problem+json: ${response.status} ${await response.text()}`)
  }
  return (await response.json()) as Problem
}

let counter = 0

/** An id such as senders make: UUIDv7 by its form, never the same twice in one run. */
export function newId(): string {
  const hex = (Date.now() * 4096 + (counter++ % 4096)).toString(16).padStart(15, '0')
  const random = crypto.randomUUID().slice(19)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-${random}`
}
