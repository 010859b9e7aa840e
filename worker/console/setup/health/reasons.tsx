import { followTo, placeHref, type Place } from '../../address/address.ts'
import { groupNames, type ReasonCount, type Remedy } from './words.ts'

const remedies: Record<Exclude<Remedy, 'api'>, { at: Place; label: string }> = {
  origins: { at: { at: 'setup', section: 'project', part: 'origins' }, label: 'Origins' },
  quota: { at: { at: 'setup', section: 'project', part: 'quota' }, label: 'Quota' },
  keys: { at: { at: 'setup', section: 'keys' }, label: 'Keys' },
}

/** Why things were not stored, and what to do about each. */
export function Reasons({ of }: { of: readonly ReasonCount[] }) {
  return (
    <table class="health-table health-reasons" aria-label="Why">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">What to do</th>
          <th scope="col">Requests</th>
        </tr>
      </thead>
      <tbody>
        {of.map((one) => (
          <tr key={one.key}>
            <th scope="row">
              {one.what}
              <span class="health-reason-of">
                {groupNames[one.outcome === 'dropped' ? 'dropped' : 'refused'].name}
                {one.of && `: ${one.of}`}
              </span>
            </th>
            <td>
              {one.todo} <RemedyLink of={one.remedy} />
            </td>
            <td>{one.count.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RemedyLink({ of }: { of: Remedy | undefined }) {
  if (of === undefined) return null
  if (of === 'api') {
    return (
      <a class="text-button" href="/openapi.json" target="_blank" rel="noreferrer">
        The API
      </a>
    )
  }
  const { at, label } = remedies[of]
  return (
    <a class="text-button" href={placeHref(at)} onClick={(event) => followTo(event, at)}>
      {label}
    </a>
  )
}
