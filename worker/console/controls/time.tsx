import { signal } from '@preact/signals'
import { exactTime, relativeTime } from './moment.ts'

const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 30_000)

/** How long ago, with the exact time on hover. */
export function Time({ at, class: name }: { at: string; class?: string }) {
  return (
    <time class={name} dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now.value)}
    </time>
  )
}
