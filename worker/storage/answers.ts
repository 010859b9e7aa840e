import { ratingScales, type RatingScale } from '../../sdk/wire/index.ts'
import type { Database } from './database.ts'
import { type Facet, hash53 } from './facets.ts'
import type { ItemBody, ItemRow } from './row.ts'
import { docBound, isPlain, type Selection, spamValues } from './selection.ts'
import { anyOf, type Bound, sourceOf } from './source.ts'
import { bucketOf, docBounds, type Range } from './ranges.ts'

/** What of an item stands in `answer`. */
export interface Answers {
  /** Scale and value, one of each scale. */
  scores: [scale: string, value: number][]
  /** The same number for all that one person says; for nobody known, a number of the item's own. */
  who: number
}

/** The answers that an item gives on scales, from its facets, and whose they are, from its body. */
export function answersOf(row: Pick<ItemRow, 'doc' | 'body'>, facets: readonly Facet[]): Answers {
  const scores = facets
    .filter(([name]) => name === 'score')
    .map(([, score]): [string, number] => [score.split(':')[0] ?? '', Number(score.split(':')[1])])
  const { person, who: kept } = JSON.parse(row.body) as ItemBody
  if (kept !== undefined) return { scores, who: kept }
  const who = whoOf(person)
  return { scores, who: who === undefined ? -row.doc : hash53(who) }
}

/** What tells one speaker from another. Items from before people were known say no UUID. */
const whoOf = (person: ItemBody['person']): string | undefined =>
  person?.uuid ?? (person?.id === undefined ? person?.anonymousId : `${person.verified ? 1 : 0}:${person.id}`)

const scales = JSON.stringify(Object.keys(ratingScales))

/** Statements that write the answers of the items on `lines`, and take away those that they no longer give. */
export function answerStatements(db: Database, lines: string, current: string): D1PreparedStatement[] {
  return [
    `DELETE FROM answer WHERE (project, environment, scale, doc) IN
      (SELECT item.project, item.environment, scale.value, item.doc ${current}, json_each('${scales}') AS scale
      WHERE NOT EXISTS (SELECT 1 FROM json_each(line.value -> 'scores') AS score
        WHERE score.value ->> 0 = scale.value))`,
    `INSERT INTO answer (project, environment, scale, doc, value, who, spam, created_at, received_at)
      SELECT item.project, item.environment, score.value ->> 0, item.doc, score.value ->> 1, line.value ->> 'who',
        item.spam, item.created_at, item.received_at ${current}, json_each(line.value -> 'scores') AS score WHERE true
      ON CONFLICT (project, environment, scale, doc) DO UPDATE
        SET value = excluded.value, who = excluded.who, spam = excluded.spam
        WHERE (value, who, spam) IS NOT (excluded.value, excluded.who, excluded.spam)`,
  ].map((sql) => db.prepare(sql).bind(lines))
}

/**
 * Moves the answers of the items on `lines` that become spam, or are spam no more; before the items themselves change.
 * By their keys: joined with what is to become of them (UPDATE … FROM), every answer there is would be read.
 */
export const moveAnswers = (current: string): string =>
  `UPDATE answer SET spam = (SELECT 1 - item.spam FROM item WHERE item.doc = answer.doc)
    WHERE (project, environment, scale, doc) IN (SELECT item.project, item.environment, scale.value, item.doc
      ${current}, json_each('${scales}') AS scale WHERE item.spam <> line.value ->> 'spam')`

/** The answers of items that are meant by `item`, for a WHERE clause. */
export const deleteAnswersOf = (meant: string): string =>
  `DELETE FROM answer WHERE (project, environment, scale, doc) IN
    (SELECT item.project, item.environment, scale.value, item.doc FROM item, json_each('${scales}') AS scale
    WHERE ${meant})`

/** How many people gave a value as their latest answer within a range. */
export interface AnswerCount {
  /** The index of the range. */
  range: number
  value: number
  people: number
  /** All answers of these people within the range. */
  answers: number
  /** Those that were received at or after the range's `late`. */
  late: number
}

/** A range that says from when on an answer to it is late, in epoch ms. */
export type AnswerRange = Range & { late: number }

/**
 * Counts answers on a scale: of each person the latest in each range. Every list of ranges is ascending and without
 * overlap; what lies between two ranges is not counted. One round trip, a statement for each list.
 */
export async function countAnswers(
  db: Database,
  selection: Selection,
  scale: RatingScale,
  lists: readonly (readonly AnswerRange[])[],
): Promise<AnswerCount[][]> {
  const results = await db.batch<AnswerCount>(lists.map((ranges) => statement(db, selection, scale, ranges)))
  return results.map((answer) => answer.results)
}

function statement(
  db: Database,
  selection: Selection,
  scale: RatingScale,
  ranges: readonly AnswerRange[],
): D1PreparedStatement {
  const source = isPlain(selection) ? plainSource(selection) : filteredSource(selection, scale)
  const environment = anyOf(selection.environments)
  const { low, high } = docBounds(ranges, selection.since)
  const late = ranges.map((range) => range.late)
  // One range is what WHERE leaves: there is nothing to tell apart, and less to sort by.
  const isWhole = ranges.length === 1
  const { sql, bound } = {
    sql: `SELECT bucket AS range, value, count(*) AS people, sum(answers) AS answers, sum(late) AS late FROM (
      SELECT ${isWhole ? '0' : bucketOf('answer.created_at', ranges)} AS bucket, answer.value AS value, max(answer.doc),
        count(*) AS answers, sum(answer.received_at >= ${isWhole ? late[0] : lateOf(ranges, late)}) AS late
      FROM ${source.from} WHERE ${source.where} AND answer.project = ? AND answer.environment ${environment.sql}
        AND answer.scale = ? AND ${source.doc} >= ${docBound} AND ${source.doc} < ${docBound}
        AND answer.created_at >= ? AND answer.created_at < ?${selection.since === null ? '' : ' AND answer.received_at >= ?'}
      GROUP BY ${isWhole ? '' : 'bucket, '}answer.who) WHERE bucket >= 0 GROUP BY bucket, value`,
    bound: [
      ...source.bound,
      selection.project,
      environment.bound,
      scale,
      low,
      high,
      ranges[0]?.from ?? 0,
      ranges.at(-1)?.to ?? 0,
      ...(selection.since === null ? [] : [selection.since]),
    ],
  }
  return db.prepare(sql).bind(...bound)
}

interface AnswerSource {
  from: string
  where: string
  bound: Bound
  doc: string
}

function plainSource(selection: Selection): AnswerSource {
  return {
    from: 'answer',
    where: `answer.spam IN (${spamValues(selection).join(', ')})`,
    bound: [],
    doc: 'answer.doc',
  }
}

/** The facets or words lead, with the scale among them; each finds its answer by the key. */
function filteredSource(selection: Selection, scale: RatingScale): AnswerSource {
  const source = sourceOf({ ...selection, any: [...selection.any, [['scale', scale]]] })
  return {
    ...source,
    from: `${source.from} CROSS JOIN answer`,
    where: `${source.where} AND answer.doc = ${source.doc}`,
  }
}

function lateOf(ranges: readonly Range[], late: readonly number[]): string {
  return bucketOf('answer.created_at', ranges, (index) => String(late[index]))
}
