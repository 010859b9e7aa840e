import type { KnownValue } from '../../sdk/wire/index.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { countFacets } from '../storage/listing.ts'
import { listEnvironments, listValues } from '../storage/names.ts'
import { listLabels } from '../storage/labels.ts'
import { findProject, statusesOf } from '../storage/projects.ts'
import {
  listAccountNames,
  listAccountsLike,
  listAssignees,
  listPeopleLike,
  listSurveyNames,
  type Named,
} from '../storage/suggestions.ts'

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

/** The values of a name with their counts, the most frequent first. */
export async function suggestValues(db: Database, asked: Asked): Promise<KnownValue[]> {
  const wanted = { ...asked, limit: serverLimits.valuesMax }
  if (asked.name === 'account') return suggestAccounts(db, asked)
  if (asked.name === 'survey') return suggestSurveys(db, asked)
  if (asked.name === 'person') {
    return count(db, asked, await listPeopleLike(db, { ...wanted, contains: asked.contains || asked.prefix }))
  }
  const movable = await movableValues(db, asked.project, asked.name)
  return movable === null ? listValues(db, wanted) : count(db, asked, movable.filter(fits(asked)))
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
    listValues(db, { ...asked, limit }),
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
    listValues(db, { ...asked, contains: '', prefix: '', limit: serverLimits.valuesMax }),
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
