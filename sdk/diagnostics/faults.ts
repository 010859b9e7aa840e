import { mask } from '../crumbs/mask.ts'

const framesMax = 6
const frameMaxChars = 300

/** What there may be of an `Error`, an `ErrorEvent` or a `PromiseRejectionEvent`. */
interface Fault {
  name?: unknown
  message?: unknown
  stack?: unknown
  error?: unknown
  reason?: unknown
  filename?: string
  lineno?: number
}

/**
 * An uncaught error, or one that the page notes itself, as a crumb: what it says, where it happened as `path:line`, and
 * the top of its stack. Never throws.
 */
export function readFault(fault: object): [message: string, data: object] {
  try {
    const { error, reason, message, filename, lineno } = fault as Fault
    const cause = (error ?? ('reason' in fault ? reason : fault)) as Fault | null
    const stack = typeof cause?.stack === 'string' ? mask(cause.stack) : ''
    // V8 begins with the error's name and words, the others with the first frame.
    const frames = stack.split('\n').filter((line) => /:\d+:\d+\)?\s*$/.test(line))
    const source = filename ? `${mask(filename)}:${lineno}` : placeOf(frames[0])
    const name = typeof cause?.name === 'string' ? `${cause.name}: ` : ''
    const text = cause?.message ?? message ?? cause
    return [
      mask(name + (text && typeof text === 'object' ? 'thrown or rejected with an object' : (text as string))),
      {
        ...(source && { source }),
        stack: frames.slice(0, framesMax).map((line) => line.trim().slice(0, frameMaxChars)),
      },
    ]
  } catch {
    // A getter of the error's own threw.
    return ['an error that cannot be read', {}]
  }
}

/** `https://a.example/app.js:10` of `at pay (https://a.example/app.js:10:5)` or `pay@https://a.example/app.js:10:5`. */
function placeOf(frame = ''): string | undefined {
  return /((?:\w+:\/)?\/[^\s()]*:\d+):\d+\)?\s*$/.exec(frame)?.[1]
}
