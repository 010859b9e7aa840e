import { exactTime } from '../controls/moment.ts'
import { timeUntil } from './time-until.ts'

/** A time to come, with the exact time on hover. */
export function Until({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {timeUntil(at, Date.now())}
    </time>
  )
}
