import { computed, signal } from '@preact/signals'
import type { Member } from '../../../sdk/wire/index.ts'
import { listMembers } from '../collector/team.ts'
import { session } from '../collector/session.ts'

/** Who works in the project; empty until somebody asked. */
export const members = signal<readonly Member[]>([])
let asked: Promise<void> | null = null

/** Asks once; a failure is asked again next time. */
export function loadMembers(): Promise<void> {
  asked ??= load()
  return asked
}

async function load(): Promise<void> {
  const answer = await listMembers()
  if (answer.ok) members.value = answer.value.items
  else asked = null
}

/** What an item's assignee says where it is whoever is signed in. */
export const me = computed(() => {
  const member = session.value?.member
  return member ? (member.email ?? member.name) : null
})

/** An assignee as people call them: by name where it is a member. */
export function nameOf(assignee: string): string {
  const own = session.value?.member
  if (own && assignee === me.value) return own.name
  return members.value.find((member) => member.assignee === assignee)?.name ?? assignee
}
