import type { Key, Member } from '../../../sdk/wire/index.ts'
import { listKeys } from '../collector/project.ts'
import { isAdmin, project } from '../collector/session.ts'
import { listMembers } from '../collector/team.ts'
import { listWebhooks } from '../collector/webhooks.ts'
import { useAnswer } from '../collector/use-answer.ts'
import type { Wording } from './changes.ts'
import type { Names } from './sentence.ts'

/** Who can have done something, and what their ids are called; empty where it cannot be told now. */
export function useNames(): Names & { members: readonly Member[]; keys: readonly Key[] } {
  const members = useAnswer(() => (isAdmin.value ? listMembers() : null), [isAdmin.value]).value?.items ?? []
  const keys = useAnswer(() => (isAdmin.value ? listKeys() : null), [isAdmin.value]).value?.items ?? []
  const webhooks = useAnswer(() => (isAdmin.value ? listWebhooks() : null), [isAdmin.value]).value?.items ?? []
  const lists: Record<string, readonly { id: string; name: string }[]> = {
    member: members,
    key: keys,
    webhook: webhooks,
  }
  return {
    members,
    keys,
    of: (type, id) => (Object.hasOwn(lists, type) ? lists[type]?.find((one) => one.id === id)?.name : undefined),
  }
}

/** The project's own words for its values. */
export const wording: Wording = (field, value) => {
  if (field !== 'status') return value
  return project.value?.statuses.find(({ key }) => key === value)?.label ?? value
}
