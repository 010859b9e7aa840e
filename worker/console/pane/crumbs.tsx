import { Circle, MousePointerClick, Navigation, Network, OctagonAlert, Terminal, type IconNode } from 'lucide'
import type { Crumb } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'
import { before, exactTime } from '../controls/moment.ts'

const icons: Record<string, IconNode> = {
  click: MousePointerClick,
  navigation: Navigation,
  request: Network,
  console: Terminal,
  error: OctagonAlert,
}

/** What happened just before, the last thing at the foot, each with how long before. */
export function Crumbs({ crumbs, end }: { crumbs: Crumb[]; end: string }) {
  return (
    <section aria-label="Just before">
      <h3 class="part-title">Just before</h3>
      <ol class="crumbs">
        {crumbs.map((crumb) => (
          <li key={`${crumb.at} ${crumb.message}`} class={crumb.type === 'error' ? 'crumb bad' : 'crumb'}>
            <span class="crumb-icon" title={crumb.type}>
              <Icon of={icons[crumb.type ?? ''] ?? Circle} size={14} />
            </span>
            <span class="crumb-text" dir="auto">
              {crumb.message}
              {crumb.data && <code class="crumb-data">{JSON.stringify(crumb.data)}</code>}
            </span>
            <time class="crumb-time" dateTime={crumb.at} title={exactTime(crumb.at)}>
              {before(crumb.at, end) && `−${before(crumb.at, end)}`}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
