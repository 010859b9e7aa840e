import { computed } from '@preact/signals'
import { Rocket } from 'lucide'
import { close } from '../actions/overlay.ts'
import { followTo, place, placeHref, type Place } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { counts } from '../inbox/counts.ts'

const guide: Place = { at: 'setup', section: 'start' }

/** True as long as nothing has come in; false until that is known. */
export const isUnused = computed(() => counts.value?.all.count === 0)

/** On top of the side bar as long as nothing has come in: the way to the first submission. */
export function OfferStart() {
  if (!isUnused.value) return null
  const { value } = place
  return (
    <a
      class="setup-offer"
      href={placeHref(guide, { item: null })}
      aria-current={value.at === 'setup' && value.section === 'start' ? 'page' : undefined}
      onClick={(event) => {
        followTo(event, guide, { item: null })
        if (event.defaultPrevented) close()
      }}
    >
      <Icon of={Rocket} />
      <span>
        <b>Install the widget</b>
        <span class="setup-offer-what">In three steps</span>
      </span>
    </a>
  )
}

/** Where there is nothing to show yet: the inbox, the numbers, the health. */
export function StartLink() {
  return (
    <a class="button primary" href={placeHref(guide)} onClick={(event) => followTo(event, guide)}>
      Install the widget
    </a>
  )
}
