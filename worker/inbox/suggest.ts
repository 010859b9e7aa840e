import type { KnownValue } from '../../sdk/wire/index.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { countFacets } from '../storage/listing.ts'
import { listEnvironments, listValues } from '../storage/names.ts'
import { countOthers } from '../storage/others.ts'
import { listLabels } from '../storage/labels.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import {
  listAccountNames,
  listAccountsLike,
  listAssignees,
  listLatest,
  listPeopleLike,
  listSurveyNames,
  type Named,
} from '../storage/suggestions.ts'
import { countInTray } from '../storage/tray.ts'

/** Which values of which name are asked for. */
export interface Asked {
  project: string
  environment: string
  name: string
  /** Only values that begin so; all when empty. */
  prefix: string
  /** Only values that hold this, or whose name does; all when empty. */
  contains: string
}

/** The values of a name with their counts, the most frequent first; `more` where not each one is known by itself. */
export async function suggestValues(db: Database, asked: Asked): Promise<{ items: KnownValue[]; more?: true }> {
  const { project, environment, name } = asked
  const beside = await countOthers(db, { project, environments: [environment], dimension: name })
  if (beside === 0) return { items: await knownValues(db, asked) }
  // What the rollups say of a value is too little then: likely ones are counted, and what was asked for, word for word.
  const text = asked.contains || asked.prefix
  const [known, latest] = await Promise.all([
    knownValues(db, asked),
    listLatest(db, name, { ...asked, contains: text, limit: serverLimits.valuesMax }),
  ])
  const others = [...latest, ...(text === '' ? [] : [text])].filter(
    (value) => !known.some((one) => one.value === value),
  )
  const unknown = [...new Set(others)].map((value) => ({ value })).filter(fits(asked))
  const items = await count(db, asked, [...known, ...unknown])
  return { items: items.filter((one) => one.count > 0), more: true }
}

async function knownValues(db: Database, asked: Asked): Promise<KnownValue[]> {
  const wanted = { ...asked, limit: serverLimits.valuesMax }
  if (asked.name === 'account') return suggestAccounts(db, asked)
  if (asked.name === 'survey') return suggestSurveys(db, asked)
  if (asked.name === 'person') {
    return count(db, asked, await listPeopleLike(db, { ...wanted, contains: asked.contains || asked.prefix }))
  }
  const movable = await movableValues(db, asked.project, asked.name)
  return movable === null ? frequentValues(db, asked) : count(db, asked, movable.filter(fits(asked)))
}

/** Where spam has many values, so many more than are answered are looked at. */
const candidates = 2

/** The most frequent values of what the rollups count, without what of them is spam, which the rollups do not tell apart. */
async function frequentValues(db: Database, asked: Asked): Promise<KnownValue[]> {
  const seen = await listValues(db, { ...asked, limit: serverLimits.valuesMax * candidates })
  const of = { project: asked.project, environments: [asked.environment] }
  const inTray = await countInTray(
    db,
    of,
    asked.name,
    seen.map(({ value }) => value),
  )
  return seen
    .map(({ value, count: all }, i) => ({ value, count: all - (inTray[i] ?? 0) }))
    .filter((one) => one.count > 0)
    .toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, serverLimits.valuesMax)
}

/** The values of what triage moves, which no rollup holds; null for every other name. */
async function movableValues(db: Database, project: string, name: string): Promise<Named[] | null> {
  const plain = (values: readonly string[]) => values.map((value) => ({ value }))
  if (name === 'status') {
    return plain(statusesOf((await findProject(db, project))?.settings ?? {}).map(({ key }) => key))
  }
  if (name === 'label') return plain(await listLabels(db, project))
  if (name === 'environment') return plain(await listEnvironments(db, project))
  if (name === 'assignee') return [...(await listAssignees(db, project)), { value: 'none' }]
  return null
}

/** Accounts by what items say of them, and by the names that signed tokens and the team gave them. */
async function suggestAccounts(db: Database, asked: Asked): Promise<KnownValue[]> {
  const limit = serverLimits.valuesMax
  const text = asked.contains || asked.prefix
  const [frequent, likely] = await Promise.all([
    frequentValues(db, asked),
    text === '' ? [] : listAccountsLike(db, { ...asked, contains: text, limit }),
  ])
  const others = likely.filter(({ value }) => !frequent.some((one) => one.value === value))
  const names = await listAccountNames(
    db,
    asked.project,
    frequent.map(({ value }) => value),
  )
  const labelled = frequent.map((one) => ({ ...one, ...names.find(({ value }) => value === one.value) }))
  return [...labelled, ...(await count(db, asked, others))].slice(0, limit)
}

async function suggestSurveys(db: Database, asked: Asked): Promise<KnownValue[]> {
  const [answered, known] = await Promise.all([
    frequentValues(db, { ...asked, contains: '', prefix: '' }),
    listSurveyNames(db, asked.project),
  ])
  const named = answered.map((one) => ({ ...one, ...known.find(({ value }) => value === one.value) }))
  const silent = known.filter(({ value }) => !answered.some((one) => one.value === value))
  return [...named, ...silent.map((one) => ({ ...one, count: 0 }))].filter(fits(asked))
}

const fits =
  ({ prefix, contains }: Pick<Asked, 'prefix' | 'contains'>) =>
  ({ value, label = value }: Named): boolean =>
    [value, label].some((text) => {
      const folded = text.toLowerCase()
      return folded.startsWith(prefix.toLowerCase()) && folded.includes(contains.toLowerCase())
    })

async function count(db: Database, asked: Asked, named: readonly Named[]): Promise<KnownValue[]> {
  const values = named.map(({ value }) => value)
  const counts = await countFacets(db, asked.project, asked.environment, asked.name, values)
  return named
    .map((one, i) => ({ ...one, count: counts[i] ?? 0 }))
    .sort((one, other) => other.count - one.count)
    .slice(0, serverLimits.valuesMax)
}
