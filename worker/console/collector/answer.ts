import type { Problem } from '../../../sdk/wire/index.ts'

/** Why the collector gave nothing to show. */
export type Failure =
  | { because: 'signed-out' }
  | { because: 'unreachable' }
  | { because: 'cancelled' }
  | { because: 'refused'; problem: Problem }

/** What came of a request. A failure is a value: every caller says what it means on its screen. */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure }

const sentences = {
  'signed-out': { what: 'You are signed out.', next: 'Sign in again to go on.' },
  unreachable: { what: 'The collector could not be reached.', next: 'Check your connection and try again.' },
  cancelled: { what: 'The request was given up.', next: 'Try again.' },
} as const

/** What happened, and what to do about it, in two plain sentences. */
export function explain(failure: Failure): { what: string; next: string } {
  return failure.because === 'refused' ? explainProblem(failure.problem) : sentences[failure.because]
}

/** The first sentence says what happened; what stands behind it is what to do. */
function inSentences(detail: string, quote: string): { what: string; next: string } {
  const end = detail.indexOf('. ')
  if (end === -1) return { what: detail, next: `Try again.${quote}` }
  return { what: detail.slice(0, end + 1), next: detail.slice(end + 2) + quote }
}

function explainProblem(problem: Problem): { what: string; next: string } {
  const what = problem.detail || problem.title
  if (problem.status >= 500) {
    // What stands in front of the collector has no number of ours.
    const quote = problem.requestId ? ` If it goes on, quote request ${problem.requestId}.` : ''
    // Its own words say all of this in one sentence, which is too long for a title.
    const isFault = problem.code === 'fault' && problem.requestId !== ''
    return isFault
      ? { what: 'Something failed in the collector.', next: `What was stored is safe. Try again.${quote}` }
      : inSentences(what, quote)
  }
  if (problem.code === 'unknown-filter') {
    const names = problem.issues?.map(({ path }) => `“${path}”`).join(' or ') ?? 'that name'
    return { what: `There is no filter named ${names}.`, next: 'Nothing is listed, because a filter is never ignored.' }
  }
  // It says itself what would be less.
  if (problem.code === 'too-large') return { what, next: '' }
  const isPlain = problem.detail.includes('. ') && (problem.issues?.length ?? 0) < 2
  if (problem.code === 'invalid' && isPlain) return inSentences(problem.detail, '')
  if (problem.code === 'no-scope') return { what, next: 'Ask an admin of this project for the right to do this.' }
  if (problem.code === 'not-found') return { what, next: 'It may have been deleted, or it is in another project.' }
  return { what, next: problem.issues?.map((issue) => `${issue.path}: ${issue.reason}`).join('; ') ?? '' }
}
