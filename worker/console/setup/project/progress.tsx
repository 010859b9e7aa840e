import type { Total } from '../../../../sdk/wire/index.ts'
import { totalInWords } from '../../controls/total.ts'

/** How far a change of many has come; nothing while none is under way. */
export function Progress({ done, of }: { done: number | null; of: Total | undefined }) {
  if (done === null) return null
  const words = of === undefined ? done.toLocaleString() : `${done.toLocaleString()} of ${totalInWords(of)}`
  return (
    <div class="setup-move-progress" role="status">
      <progress aria-label="Items changed" {...(of?.exact && { value: done, max: Math.max(of.count, 1) })} />
      <span>{words} changed. Leave this open.</span>
    </div>
  )
}
