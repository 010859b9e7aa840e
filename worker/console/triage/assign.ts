import { targets } from '../inbox/inbox.ts'
import { named } from './commands.ts'
import { me, nameOf } from './members.ts'
import { triage } from './workspace.ts'

/** Gives everything ticked, else the open item, to somebody; null takes it off whoever has it. */
export function assign(assignee: string | null): void {
  const ids = targets.value
  const what = named(ids)
  const title =
    assignee === null ? `Unassigned ${what}` : `Assigned ${what} to ${assignee === me.value ? 'you' : nameOf(assignee)}`
  void triage.apply(ids, { assignee }, title)
}
