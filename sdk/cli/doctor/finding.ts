import { printable } from '../columns.ts'

/** What one check found. */
export interface Finding {
  /** What was looked at, in a few words. */
  check: string
  /** `unknown` where it could not be looked at. */
  state: 'good' | 'warning' | 'fault' | 'unknown'
  said: string
  /** What to do about it; none where it is good. */
  mend?: string
}

export const good = (check: string, said: string): Finding => ({ check, state: 'good', said })
export const warning = (check: string, said: string, mend: string): Finding => ({
  check,
  state: 'warning',
  said,
  mend,
})
export const fault = (check: string, said: string, mend: string): Finding => ({ check, state: 'fault', said, mend })
export const unknown = (check: string, said: string): Finding => ({ check, state: 'unknown', said })

const marks = { good: 'ok', warning: 'look', fault: 'wrong', unknown: '?' }

/** Findings as people read them: a line each, and below it what to do. */
export function linesOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  return findings
    .map(({ check, state, said, mend }) => {
      // What is said may be the words of whoever answered.
      const line = `${marks[state].padEnd(5)}  ${check.padEnd(width)}  ${printable(said)}\n`
      const indent = ' '.repeat(width + 9)
      return mend === undefined ? line : `${line}${indent}${mend.split('\n').map(printable).join(`\n${indent}`)}\n`
    })
    .join('')
}
