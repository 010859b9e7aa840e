import { plural } from '../controls/total.ts'

/** Says that there is more than this session may show. */
export function Hidden({ count, noun }: { count: number; noun: 'session' | 'passkey' }) {
  if (count === 0) return null
  return (
    <p class="setup-card-empty">
      {plural(count, `further ${noun}`)} {count === 1 ? 'opens' : 'open'} projects that this session does not. Sign in
      by a way that opens them all to see {count === 1 ? 'it' : 'them'}.
    </p>
  )
}
