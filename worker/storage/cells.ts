/**
 * A cell of the rollups is (project, environment, dimension, value, day). Pages make up values and names of tags and traits,
 * so only so many of each have cells of their own; what is beyond counts under the value '' of its dimension (no facet has
 * that value), and where the name itself is not in the catalogue, under the dimension 'tag.' or 'trait.'. What is taken back
 * is taken from the value's own cell first. So of every cell holds, whatever was counted and deleted in which order:
 *
 *   count ≤ items that say so ≤ count + what stands under '' of its dimension and of its kind of name, on that day
 *
 * and the sum over a dimension is exact. Where nothing stands under '', every number is; elsewhere readers count items.
 */

/**
 * Values of one dimension and environment that have cells of their own: what has more (an order's number) is nothing to
 * split a chart by, and each is a row a day. Not a number a day: only what is known already is found without a counter,
 * which would cost a row each time. One that nobody says any more makes room for another.
 */
export const valuesMax = 1_000

/**
 * Names of one kind (tag, trait, context, question) in a project's catalogue: `freely` is more than a product or an import
 * has, and as many as an export gives columns; from there on come `perDay` a day, up to `most`, so that an hour of made-up
 * names neither fills the catalogue nor closes it.
 */
export const namesMax = { freely: 500, perDay: 20, most: 2_000 } as const

/** Where the names of tags and traits that are not in the catalogue are counted; null for every other dimension. */
export const kindOfName = (dimension: string): 'tag.' | 'trait.' | null =>
  dimension.startsWith('tag.') ? 'tag.' : dimension.startsWith('trait.') ? 'trait.' : null

const kindOf = (dimension: string) =>
  `CASE WHEN substr(${dimension}, 1, 4) = 'tag.' THEN 'tag.' WHEN substr(${dimension}, 1, 6) = 'trait.' THEN 'trait.' END`
const dimensionOf = (of: string) => `rollup.project = ${of}.project AND rollup.environment = ${of}.environment
  AND rollup.dimension = ${of}.dimension`
const countOf = (of: string, value: string) =>
  `coalesce((SELECT count FROM rollup WHERE ${dimensionOf(of)} AND rollup.value = ${value} AND rollup.day = ${of}.day), 0)`
const key = 'project, environment, dimension, value, day'

/**
 * SQL that adds to the rollups what `select` answers with: project, environment, dimension, value, day, count, in this
 * order; a cell may come several times. Names come into the catalogue before (`addNames`). A survey that there is has its
 * cells always: the list of surveys counts by them.
 */
export const addCells = (select: string): string => `INSERT INTO rollup (${key}, count)
  WITH RECURSIVE given (${key}, count) AS (${select}),
  said AS MATERIALIZED (SELECT ${key}, sum(count) AS count FROM given GROUP BY 1, 2, 3, 4, 5),
  cell AS MATERIALIZED (SELECT project, environment, dimension, value, day, count FROM said
      WHERE ${kindOf('dimension')} IS NULL OR EXISTS (SELECT 1 FROM name WHERE name.project = said.project AND name.name = said.dimension)
    UNION ALL SELECT project, environment, ${kindOf('dimension')}, '', day, count FROM said
      WHERE ${kindOf('dimension')} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM name WHERE name.project = said.project AND name.name = said.dimension)),
  unknown AS MATERIALIZED (SELECT project, environment, dimension, value, min(day) AS day FROM cell
    WHERE value <> '' AND NOT EXISTS (SELECT 1 FROM rollup WHERE ${dimensionOf('cell')} AND rollup.value = cell.value)
      AND NOT (dimension = 'survey' AND EXISTS (SELECT 1 FROM survey WHERE survey.project = cell.project AND survey.id = cell.value))
    GROUP BY 1, 2, 3, 4),
  known (project, environment, dimension, value, n) AS (
    SELECT DISTINCT project, environment, dimension, '', 0 FROM unknown
    UNION ALL SELECT project, environment, dimension,
      (SELECT min(value) FROM rollup WHERE ${dimensionOf('known')} AND rollup.value > known.value), n + 1
    FROM known WHERE value IS NOT NULL AND n < ${valuesMax}),
  room AS MATERIALIZED (SELECT project, environment, dimension, ${valuesMax} - sum(value <> '') AS free FROM known GROUP BY 1, 2, 3),
  beyond AS MATERIALIZED (SELECT project, environment, dimension, value FROM (
      SELECT *, row_number() OVER (PARTITION BY project, environment, dimension ORDER BY day, value) AS place FROM unknown)
    JOIN room USING (project, environment, dimension) WHERE place > free)
  SELECT project, environment, dimension,
    iif((project, environment, dimension, value) IN (SELECT project, environment, dimension, value FROM beyond), '', value),
    day, sum(count) FROM cell GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (${key}) DO UPDATE SET count = count + excluded.count`

/** SQL that takes out of the rollups again what `select` answers with, as `addCells` put it in; what comes down to 0 goes. */
export const takeCells = (select: string): string[] => [
  `WITH given (${key}, count) AS (${select}),
  gone AS MATERIALIZED (SELECT ${key}, sum(count) AS count FROM given GROUP BY 1, 2, 3, 4, 5),
  own AS MATERIALIZED (SELECT *, min(count, ${countOf('gone', 'gone.value')}) AS taken FROM gone),
  beside AS MATERIALIZED (SELECT project, environment, dimension, day, sum(count - taken) AS count FROM own
    WHERE count > taken GROUP BY 1, 2, 3, 4),
  other AS MATERIALIZED (SELECT *, min(count, ${countOf('beside', "''")}) AS taken FROM beside),
  target (${key}, taken) AS MATERIALIZED (SELECT project, environment, dimension, value, day, taken FROM own
    UNION ALL SELECT project, environment, dimension, '', day, taken FROM other
    UNION ALL SELECT project, environment, ${kindOf('dimension')}, '', day, sum(count - taken) FROM other
      WHERE ${kindOf('dimension')} IS NOT NULL GROUP BY 1, 2, 3, 4, 5)
  UPDATE rollup SET count = rollup.count - target.taken FROM target
  WHERE ${dimensionOf('target')} AND rollup.value = target.value AND rollup.day = target.day AND target.taken > 0`,
  // A value that nobody says any more may be somebody's own: it goes too.
  `WITH gone (${key}, count) AS (${select}),
  meant AS MATERIALIZED (SELECT ${key} FROM gone UNION SELECT project, environment, dimension, '', day FROM gone
    UNION SELECT project, environment, ${kindOf('dimension')}, '', day FROM gone WHERE ${kindOf('dimension')} IS NOT NULL)
  DELETE FROM rollup WHERE count <= 0 AND (${key}) IN (SELECT ${key} FROM meant)`,
]

/**
 * SQL that adds to the catalogue, as far as it has room, what `select` answers with: project, name with its kind before it
 * (`tag.plan`), and when it was said, in epoch ms; a name may come several times.
 */
export const addNames = (select: string): string => {
  const ofKind = (of: string) =>
    `name.project = ${of}.project AND name.name >= ${of}.kind AND name.name < replace(${of}.kind, '.', '/')`
  return `INSERT OR IGNORE INTO name (project, name, first_seen_at)
  WITH given (project, name, at) AS (${select}),
  fresh AS MATERIALIZED (SELECT project, name, min(at) AS at, substr(name, 1, instr(name, '.')) AS kind FROM given
    WHERE NOT EXISTS (SELECT 1 FROM name WHERE name.project = given.project AND name.name = given.name) GROUP BY 1, 2),
  known AS MATERIALIZED (SELECT project, kind, (SELECT count(*) FROM name WHERE ${ofKind('every')}) AS count
    FROM (SELECT DISTINCT project, kind FROM fresh) AS every),
  today AS MATERIALIZED (SELECT project, kind, day,
      (SELECT count(*) FROM name WHERE ${ofKind('every')} AND name.first_seen_at / 86400000 = every.day) AS count
    FROM (SELECT DISTINCT project, kind, at / 86400000 AS day FROM fresh) AS every),
  placed AS (SELECT *, at / 86400000 AS day, row_number() OVER (PARTITION BY project, kind ORDER BY at, name) AS place,
      row_number() OVER (PARTITION BY project, kind, at / 86400000 ORDER BY at, name) AS of_day FROM fresh)
  SELECT placed.project, placed.name, placed.at FROM placed
  JOIN known ON known.project = placed.project AND known.kind = placed.kind
  JOIN today ON today.project = placed.project AND today.kind = placed.kind AND today.day = placed.day
  WHERE known.count + place <= ${namesMax.freely}
    OR (known.count + place <= ${namesMax.most} AND today.count + of_day <= ${namesMax.perDay})`
}
