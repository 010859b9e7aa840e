import type { Delivery } from '../../../../sdk/wire/index.ts'
import { Mark } from './parts.tsx'
import { attemptInWords } from './words.ts'

/** What came back from a test. */
export function TestResult({ of }: { of: Delivery }) {
  const attempt = of.attempts.at(-1)
  if (attempt === undefined) return null
  const isTaken = attempt.error === null
  return (
    <div class={`hook-test ${isTaken ? 'good' : 'bad'}`} role="status" key={of.id}>
      <Mark
        said={{ text: isTaken ? 'The test was accepted' : 'The test was not accepted', tone: isTaken ? 'good' : 'bad' }}
      />
      <p>
        {attemptInWords(attempt)}, in {attempt.ms.toLocaleString()} ms.
      </p>
      {attempt.detail && <code class="hook-answer">{attempt.detail}</code>}
    </div>
  )
}
