/** What stays of feedback once its time is over: nothing at all, or its score, date, kind and status without words. */
export const retentionKeeps = ['nothing', 'scores'] as const
export type RetentionKeep = (typeof retentionKeeps)[number]

/**
 * How long a project keeps what people said: `Project.retention`. The schedule does it, counted from when it was said.
 *
 * - `nothing`: items are deleted whole, with their images; a tombstone with their id stays in `GET /v1/changes`.
 * - `scores`: they keep id, kind, status, labels, assignee, dates, environment, source, release, rating and answers that
 *   are numbers, so that numbers over time stay as they are. Message, person, e-mail, tags, context, crumbs, page, answers
 *   in words, images and the team's notes go.
 *
 * Either way people of whom nothing is left, and of whom nothing new was learned for as long, are forgotten too.
 */
export interface Retention {
  /** From 1 to `limits.retentionMaxDays`. */
  days: number
  keep: RetentionKeep
}

/** What a retention would do now: `GET /v1/projects/{id}/retention?days=365&keep=scores`. Nothing is changed. */
export interface RetentionPreview extends Retention {
  /** Items that were said before this are meant: ISO 8601. */
  before: string
  /** How many there are, in every environment, spam and merged ones too; what was reduced before is not counted again. */
  count: number
}
