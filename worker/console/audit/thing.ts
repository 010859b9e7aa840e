import type { AuditEntry } from '../../../sdk/wire/index.ts'
import type { Place } from '../address/address.ts'
import type { View } from '../address/view.ts'

/** Where what was changed is looked at. */
export interface Where {
  place: Place
  next?: Partial<View>
}

const gone = new Set(['feedback.delete', 'person.erase', 'survey.delete', 'view.delete', 'webhook.delete'])

const setup = (section: string): Where => ({ place: { at: 'setup', section } })

/** The place of the thing of an entry; null where it is no more, or is nobody else's business. */
export function whereIs({ action, target }: Pick<AuditEntry, 'action' | 'target'>): Where | null {
  if (target === null || gone.has(action)) return null
  const { type, id } = target
  switch (type) {
    case 'feedback':
      return { place: { at: 'inbox' }, next: { filters: new Map(), options: new Map(), item: id } }
    case 'person':
      return { place: { at: 'people', id } }
    case 'account':
      return { place: { at: 'accounts', id } }
    case 'survey':
      return { place: { at: 'surveys', survey: id, isNew: false } }
    case 'project':
      return setup('project')
    case 'key':
      return setup('keys')
    case 'member':
      return setup('people')
    case 'webhook':
      return { place: { at: 'setup', section: 'webhooks', part: id } }
    default:
      return null
  }
}
