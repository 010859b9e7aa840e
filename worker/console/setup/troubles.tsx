import { TriangleAlert } from 'lucide'
import { useEffect } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { followTo, type Place, placeHref } from '../address/address.ts'
import { project } from '../collector/session.ts'
import { Icon } from '../controls/icon.tsx'
import { counts } from '../inbox/counts.ts'
import { clock } from './quota-note.tsx'
import { quotaInWords } from './quota-words.ts'
import { loadTroubles, quotaUse, troubles } from './trouble.ts'

const everyMs = 5 * 60_000

/** In the side bar below the set-up: a quota that is nearly used up, and webhooks that somebody must look after. */
export function Troubles() {
  // Nobody waits for it: after what is on screen.
  const isLate = counts.value !== null
  useEffect(() => {
    if (!isLate) return undefined
    void loadTroubles()
    const timer = setInterval(() => document.hidden || void loadTroubles(), everyMs)
    return () => clearInterval(timer)
  }, [isLate])
  const perDay = project.value?.quota.perDay
  // As it was set last, on this very page perhaps.
  const use = quotaUse.value && { ...quotaUse.value, ...(perDay !== undefined && { perDay }) }
  const warning = use && quotaInWords(use, clock)
  return (
    <>
      {warning && <Trouble at={{ at: 'setup', section: 'project', part: 'quota' }}>{warning.short}</Trouble>}
      <WebhookTrouble />
    </>
  )
}

function WebhookTrouble() {
  const [first, ...others] = troubles.value
  if (first === undefined) return null
  const { id, name, isOff } = first
  const one = isOff ? `${name} was turned off` : `${name} is failing`
  const at = { at: 'setup', section: 'webhooks', ...(others.length === 0 && { part: id }) } as const
  return <Trouble at={at}>{others.length === 0 ? one : `${others.length + 1} webhooks need a look`}</Trouble>
}

function Trouble({ at, children }: { at: Place; children: string }) {
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
        <span class="view-name">{children}</span>
      </a>
    </li>
  )
}
