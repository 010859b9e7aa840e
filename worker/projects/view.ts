import { builtInKinds, type Project, type ProjectUsage, type WidgetSettings } from '../../sdk/wire/index.ts'
import { serverLimits } from '../limits.ts'
import type { Database } from '../storage/database.ts'
import { listLabels } from '../storage/labels.ts'
import { listEnvironments, listValues } from '../storage/names.ts'
import { type ProjectRecord, statusesOf } from '../storage/projects.ts'
import { countUsage } from '../storage/usage.ts'
import { widgetConfigOf } from './defaults.ts'

const titleOf = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ')

/** A project as the console reads it. */
export async function viewProject(db: Database, record: ProjectRecord): Promise<Project> {
  const [labels, found] = await Promise.all([listLabels(db, record.id), listEnvironments(db, record.id)])
  const environments = found.includes('production') ? found : ['production', ...found]
  const offered = widgetConfigOf(record, { attachments: false, surveys: [] }).kinds
  const seen = await listKinds(db, record.id, environments)
  const keys = new Set([...offered.map(({ key }) => key), ...builtInKinds, ...seen])
  return {
    id: record.id,
    name: record.name,
    statuses: statusesOf(record.settings),
    labels,
    kinds: [...keys].map((key) => ({ key, label: offered.find((kind) => kind.key === key)?.label ?? titleOf(key) })),
    environments,
    timeZone: record.settings.timeZone ?? 'UTC',
    weekStart: record.settings.weekStart ?? 'monday',
    origins: record.settings.origins ?? [],
    quota: record.settings.quota ?? { perDay: serverLimits.quotaPerDay },
    retention: record.settings.retention ?? null,
    revision: record.settings.revision ?? 0,
  }
}

/** The kinds that were ever said, the most frequent of production first. */
async function listKinds(db: Database, project: string, environments: readonly string[]): Promise<string[]> {
  const wanted = { project, name: 'kind', prefix: '', limit: serverLimits.kindsMax }
  const inOrder = environments.toSorted((a, b) => Number(b === 'production') - Number(a === 'production'))
  const seen = await Promise.all(inOrder.map((environment) => listValues(db, { ...wanted, environment })))
  return [...new Set(seen.flat().map(({ value }) => value))]
}

/** How many items stand in each status, carry each label and are of each kind. */
export async function viewUsage(db: Database, record: ProjectRecord): Promise<ProjectUsage> {
  const { statuses, labels, kinds, environments } = await viewProject(db, record)
  const of = { project: record.id, environments }
  const keys = (all: readonly { key: string }[]) => all.map(({ key }) => key)
  const [byStatus, byLabel, byKind] = await Promise.all([
    countUsage(db, of, 'status', keys(statuses)),
    countUsage(db, of, 'label', labels),
    countUsage(db, of, 'kind', keys(kinds)),
  ])
  return { statuses: byStatus, labels: byLabel, kinds: byKind }
}

/** What the widget is set to, as the console edits it. */
export function viewWidget(record: ProjectRecord, attachments: boolean): WidgetSettings {
  const { surveys: _surveys, ...config } = widgetConfigOf(record, { attachments, surveys: [] })
  return { ...config, revision: record.settings.revision ?? 0 }
}
