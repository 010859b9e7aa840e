import { TriangleAlert } from 'lucide'
import type { QuotaUse } from '../../../sdk/wire/index.ts'
import { followTo, type Place, placeHref } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { quotaInWords } from './quota-words.ts'

/** When the next day begins, on the clock of whoever reads. */
export const clock = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })

/** That little is left of the day's quota, and where something can be done about it; nothing while there is enough. */
export function QuotaNote({ of, ways }: { of: QuotaUse; ways: readonly (keyof typeof places)[] }) {
  const warning = quotaInWords(of, clock)
  if (warning === null) return null
  return (
    <div class="setup-note setup-warning" role="note">
      <Icon of={TriangleAlert} />
      <div>
        <p>
          {warning.what} {warning.todo}
        </p>
        <p class="setup-warning-ways">
          {ways.map((way) => (
            <a
              key={way}
              class="text-button"
              href={placeHref(places[way].at)}
              onClick={(event) => followTo(event, places[way].at)}
            >
              {places[way].label}
            </a>
          ))}
        </p>
      </div>
    </div>
  )
}

const places: Record<'quota' | 'health' | 'keys', { at: Place; label: string }> = {
  quota: { at: { at: 'setup', section: 'project', part: 'quota' }, label: 'Raise the quota' },
  health: { at: { at: 'setup', section: 'health' }, label: 'See what came in' },
  keys: { at: { at: 'setup', section: 'keys' }, label: 'Replace a key' },
}
