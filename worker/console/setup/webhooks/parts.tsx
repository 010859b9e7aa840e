import { CircleAlert, CircleCheck, CircleDashed, CirclePause, TriangleAlert } from 'lucide'
import type { Webhook } from '../../../../sdk/wire/index.ts'
import { followTo, placeHref } from '../../address/address.ts'
import { Icon } from '../../controls/icon.tsx'
import type { Said } from './words.ts'

const icons = { good: CircleCheck, notice: CircleDashed, bad: CircleAlert, quiet: CirclePause } as const

/** How something stands, by words and sign; the colour only repeats it. */
export function Mark({ said: { text, tone } }: { said: Said }) {
  return (
    <span class={`hook-mark tone-${tone}`}>
      <Icon of={icons[tone]} size={14} />
      {text}
    </span>
  )
}

/** What whoever runs the project should know of a webhook without asking. */
export function Notice({ of, linked = true }: { of: Webhook; linked?: boolean }) {
  const at = { at: 'setup', section: 'webhooks', part: of.id } as const
  return (
    <p class="setup-note hook-notice">
      <Icon of={TriangleAlert} />
      <span>
        {of.notice}{' '}
        {linked && (
          <a class="text-button" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
            Look at it
          </a>
        )}
      </span>
    </p>
  )
}
