import { session } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { askToLeave } from '../setup/people/leave.tsx'
import { roleNames } from '../setup/people/roles.ts'

/** The projects that this session opens, each with a way out. */
export function Projects() {
  const projects = session.value?.projects ?? []
  return (
    <table class="setup-key-table" aria-label="Your projects">
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col">Your role</th>
          <th scope="col">
            <span class="hidden-text">Leave</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((one) => (
          <tr key={one.id}>
            <td class="setup-key-name" data-label="Project" dir="auto">
              {one.name}
            </td>
            <td data-label="Your role">{roleNames[one.role]}</td>
            <td class="setup-key-revoke">
              <Button onClick={() => askToLeave(one)}>
                Leave<span class="hidden-text"> {one.name}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
