import { TriangleAlert } from 'lucide'
import { useEffect } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { followTo, placeHref } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { counts } from '../inbox/counts.ts'
import { loadTroubles, troubles } from './trouble.ts'

const everyMs = 5 * 60_000

/** In the side bar below the set-up: webhooks that somebody must look after. */
export function Troubles() {
  // Nobody waits for it: after what is on screen.
  const isLate = counts.value !== null
  useEffect(() => {
    if (!isLate) return undefined
    void loadTroubles()
    const timer = setInterval(() => document.hidden || void loadTroubles(), everyMs)
    return () => clearInterval(timer)
  }, [isLate])
  const [first, ...others] = troubles.value
  if (first === undefined) return null
  const { id, name, isOff } = first
  const one = isOff ? `${name} was turned off` : `${name} is failing`
  const at = { at: 'setup', section: 'webhooks', ...(others.length === 0 && { part: id }) } as const
  return (
    <li>
      <a
        class="view-link tone-notice"
        href={placeHref(at, { item: null })}
        onClick={(event) => {
          followTo(event, at, { item: null })
          if (event.defaultPrevented) close()
        }}
      >
        <Icon of={TriangleAlert} />
        <span class="view-name">{others.length === 0 ? one : `${others.length + 1} webhooks need a look`}</span>
      </a>
    </li>
  )
}
