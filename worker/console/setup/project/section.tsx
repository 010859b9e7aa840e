import { useEffect } from 'preact/hooks'
import { place } from '../../address/address.ts'
import { isAdmin } from '../../collector/session.ts'
import { OnlyAdmins } from '../card.tsx'
import { General } from './general.tsx'
import { Kinds } from './kinds.tsx'
import { Labels } from './labels.tsx'
import { Origins } from './origins.tsx'
import { Quota } from './quota.tsx'
import { Retention } from './retention.tsx'
import { loadUsage } from './settings.ts'
import { Statuses } from './statuses.tsx'

/** What a project is called, how it is triaged and who may send to it, and for how long that is kept. Each change is stored at once. */
export function ProjectSection() {
  const { value } = place
  const part = value.at === 'setup' ? value.part : undefined
  useEffect(() => void loadUsage(), [])
  useEffect(() => {
    if (part) document.querySelector(`#project-${CSS.escape(part)}`)?.scrollIntoView()
  }, [part])
  return (
    <>
      {!isAdmin.value && <OnlyAdmins>This is how the project is set.</OnlyAdmins>}
      <General />
      <Statuses />
      <Labels />
      <Kinds />
      <div id="project-origins">
        <Origins />
      </div>
      <div id="project-quota">
        <Quota />
      </div>
      <div id="project-retention">
        <Retention />
      </div>
    </>
  )
}
