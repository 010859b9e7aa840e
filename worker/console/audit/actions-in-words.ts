import { type AuditAction, auditActions } from '../../../sdk/wire/index.ts'

/** What can have been done, as the filter names it; grouped by the thing, which is the part before the point. */
export const actionNames: Record<AuditAction, string> = {
  'feedback.create': 'Feedback entered by the team',
  'feedback.triage': 'Feedback triaged',
  'feedback.delete': 'Feedback deleted',
  'feedback.merge': 'Feedback merged',
  'feedback.redact': 'Feedback blacked out',
  'feedback.import': 'Feedback imported',
  'note.create': 'Note written',
  'note.delete': 'Note deleted',
  'person.update': 'Person changed',
  'person.erase': 'Person erased',
  'account.update': 'Account changed',
  'survey.create': 'Survey made',
  'survey.update': 'Survey changed',
  'survey.delete': 'Survey deleted',
  'view.create': 'View saved',
  'view.update': 'View changed',
  'view.delete': 'View deleted',
  'project.create': 'Project made',
  'project.update': 'Settings changed',
  'project.rotate': 'Signing secret replaced',
  'project.restore': 'Backup restored',
  'key.create': 'Key made',
  'key.update': 'Key changed',
  'key.rotate': 'Key replaced',
  'key.revoke': 'Key revoked',
  'member.create': 'Member added',
  'member.update': 'Role changed',
  'member.remove': 'Member taken out, or left',
  'invitation.create': 'Invitation made',
  'invitation.accept': 'Invitation accepted',
  'invitation.revoke': 'Invitation revoked',
  'sign-in-link.create': 'Sign-in link made',
  'session.create': 'Signed in',
  'session.end': 'Signed out',
  'passkey.create': 'Passkey added',
  'passkey.update': 'Passkey changed',
  'passkey.delete': 'Passkey removed',
  'webhook.create': 'Webhook made',
  'webhook.update': 'Webhook changed',
  'webhook.rotate': 'Webhook’s secret replaced',
  'webhook.delete': 'Webhook deleted',
  'webhook.test': 'Webhook tested',
  'delivery.send': 'Message sent again',
  'retention.delete': 'Old feedback deleted',
  'retention.reduce': 'Old feedback reduced to its scores',
  'retention.forget': 'People forgotten of whom nothing is left',
}

const thingNames: Record<string, string> = {
  feedback: 'Feedback',
  note: 'Notes',
  person: 'People who give feedback',
  account: 'Accounts',
  survey: 'Surveys',
  view: 'Saved views',
  project: 'The project',
  key: 'Keys',
  member: 'Members',
  invitation: 'Invitations',
  'sign-in-link': 'Sign-in links',
  session: 'Signing in and out',
  passkey: 'Passkeys',
  webhook: 'Webhooks',
  delivery: 'Deliveries',
  retention: 'Retention',
}

const thingOf = (action: string): string => action.split('.')[0] ?? action

/** The actions by thing, each with its name, in the wire's order. */
export const actionGroups: readonly { thing: string; name: string; actions: readonly AuditAction[] }[] = [
  ...new Set(auditActions.map(thingOf)),
].map((thing) => ({
  thing,
  name: thingNames[thing] ?? thing,
  actions: auditActions.filter((action) => thingOf(action) === thing),
}))

/** As the filter says it; what a later version knows stands as it is. */
export function nameOfAction(action: string): string {
  const known: Record<string, string> = actionNames
  return Object.hasOwn(known, action) ? (known[action] ?? action) : action
}
