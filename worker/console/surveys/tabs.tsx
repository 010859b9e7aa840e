import { followTo } from '../address/address.ts'
import { waysThrough } from './draft/ways.ts'
import { type Section, section, sectionHref, sectionPlace, sections } from './sections.ts'
import { draft, faults } from './workbench.ts'

/** The parts of the builder, each an address of its own. */
export function Tabs() {
  return (
    <nav class="survey-tabs" aria-label="Parts of the survey">
      <ul>
        {(Object.keys(sections) as Section[]).map((one) => (
          <li key={one} class={one === 'preview' ? 'preview-tab' : ''}>
            <a
              class="survey-tab"
              href={sectionHref(one)}
              aria-current={one === section.value ? 'page' : undefined}
              onClick={(event) => followTo(event, sectionPlace(one))}
            >
              {sections[one]}
              {isMarked(one) && <span class="tab-mark" title="Something to look at" />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function isMarked(one: Section): boolean {
  const now = draft.value
  if (one === 'ways') return now !== null && waysThrough(now.questions).reached.includes(false)
  if (one === 'audience') return faults.value.some(({ path }) => path.startsWith('targeting'))
  return false
}
