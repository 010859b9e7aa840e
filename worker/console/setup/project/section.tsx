import { useEffect } from 'preact/hooks'
import { isAdmin } from '../../collector/session.ts'
import { OnlyAdmins } from '../card.tsx'
import { General } from './general.tsx'
import { Kinds } from './kinds.tsx'
import { Labels } from './labels.tsx'
import { loadUsage } from './settings.ts'
import { Statuses } from './statuses.tsx'

/** What a project is called and how it is triaged. Each change is stored at once. */
export function ProjectSection() {
  useEffect(() => void loadUsage(), [])
  return (
    <>
      {!isAdmin.value && <OnlyAdmins>This is how the project is set.</OnlyAdmins>}
      <General />
      <Statuses />
      <Labels />
      <Kinds />
    </>
  )
}
