import { CircleAlert } from 'lucide'
import type { ComponentType } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { followTo, goTo, place, placeHref } from '../address/address.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { PlaceFrame } from '../frame/place.tsx'
import { HealthSection } from './health/section.tsx'
import { KeysSection } from './keys/section.tsx'
import { PeopleSection } from './people/section.tsx'
import { ProjectSection } from './project/section.tsx'
import { isSection, sectionNames, sections, type Section } from './sections.ts'
import { StartSection } from './start/section.tsx'
import { unsaved } from './unsaved.ts'
import { WebhooksSection } from './webhooks/section.tsx'
import { SaveButtons, WidgetSection } from './widget/section.tsx'
import { addSetupSheet } from './sheet.ts'

addSetupSheet()

const views: Record<Section, ComponentType> = {
  start: StartSection,
  widget: WidgetSection,
  project: ProjectSection,
  people: PeopleSection,
  keys: KeysSection,
  webhooks: WebhooksSection,
  health: HealthSection,
}

/** Everything a project is set up by, one part at a time. */
export default function SetupView() {
  const { value } = place
  const wanted = value.at === 'setup' ? (value.section ?? 'start') : 'start'
  const section = isSection(wanted) ? wanted : null
  const View = section === null ? NoSection : views[section]
  return (
    <PlaceFrame title="Set up" actions={section === 'widget' && <SaveButtons />} below={<Tabs current={section} />}>
      <div class={`setup setup-${section ?? 'none'}`}>
        <View />
      </div>
    </PlaceFrame>
  )
}

function Tabs({ current }: { current: Section | null }) {
  const tabs = useRef<HTMLElement>(null)
  // On a narrow screen they do not all fit.
  useLayoutEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav ref={tabs} class="setup-tabs" aria-label="Parts of the set-up">
      {sectionNames.map((name) => (
        <a
          key={name}
          class="setup-tab"
          href={placeHref({ at: 'setup', section: name }, { item: null })}
          aria-current={name === current ? 'page' : undefined}
          onClick={(event) => followTo(event, { at: 'setup', section: name }, { item: null })}
        >
          <Icon of={sections[name].icon} size={14} />
          {sections[name].title}
          {name === 'widget' && name !== current && unsaved.value && <span class="setup-unsaved-mark">not saved</span>}
        </a>
      ))}
    </nav>
  )
}

function NoSection() {
  const back = (
    <Button look="outline" onClick={() => goTo({ at: 'setup', section: null })}>
      Go to the first part
    </Button>
  )
  return (
    <Blank icon={CircleAlert} title="There is no such part of the set-up" action={back} alert>
      The address may be mistyped. The parts stand above.
    </Blank>
  )
}
