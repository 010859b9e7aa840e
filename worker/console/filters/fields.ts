import {
  Bug,
  Calendar,
  CircleDashed,
  Clock,
  FileText,
  Gauge,
  Languages,
  Mail,
  Package,
  Server,
  ShieldAlert,
  Tag,
  User,
  BadgeCheck,
  Network,
  Layers,
  type IconNode,
} from 'lucide'
import type { Project } from '../../../sdk/wire/index.ts'

/** Something to filter by, as the menu offers it. */
export interface Field {
  /** The wire's name; `rating` and `date` stand for several parameters. */
  name: string
  label: string
  icon: IconNode
  section: 'Feedback' | 'Where' | 'Who' | 'Tags' | 'Traits'
  /** `known`: the collector lists what was seen. `fixed`: these and no others. */
  values: 'known' | 'rating' | 'date' | { key: string; label: string }[]
}

export const builtInFields: readonly Field[] = [
  { name: 'kind', label: 'Kind', icon: Bug, section: 'Feedback', values: 'known' },
  { name: 'status', label: 'Status', icon: CircleDashed, section: 'Feedback', values: 'known' },
  { name: 'label', label: 'Label', icon: Tag, section: 'Feedback', values: 'known' },
  { name: 'rating', label: 'Rating', icon: Gauge, section: 'Feedback', values: 'rating' },
  { name: 'date', label: 'Date', icon: Calendar, section: 'Feedback', values: 'date' },
  { name: 'release', label: 'Release', icon: Package, section: 'Where', values: 'known' },
  { name: 'path', label: 'Page', icon: FileText, section: 'Where', values: 'known' },
  { name: 'locale', label: 'Language', icon: Languages, section: 'Where', values: 'known' },
  { name: 'environment', label: 'Environment', icon: Server, section: 'Where', values: 'known' },
  { name: 'source', label: 'Source', icon: Network, section: 'Where', values: 'known' },
  {
    name: 'verified',
    label: 'Verified',
    icon: BadgeCheck,
    section: 'Who',
    values: [
      { key: 'true', label: 'yes' },
      { key: 'false', label: 'no' },
    ],
  },
  {
    name: 'has',
    label: 'Has',
    icon: Mail,
    section: 'Who',
    values: [
      { key: 'email', label: 'an e-mail address' },
      { key: 'screenshot', label: 'an image' },
    ],
  },
  {
    name: 'spam',
    label: 'Spam',
    icon: ShieldAlert,
    section: 'Feedback',
    values: [
      { key: 'with', label: 'listed too' },
      { key: 'only', label: 'nothing else' },
    ],
  },
  {
    name: 'merged',
    label: 'Merged',
    icon: Layers,
    section: 'Feedback',
    values: [{ key: 'without', label: 'left out' }],
  },
]

/** Filters that a click in the reading pane sets, and the menu does not offer. */
const clickedFields: Record<string, { label: string; icon: IconNode }> = {
  person: { label: 'Person', icon: User },
  account: { label: 'Account', icon: User },
  assignee: { label: 'Assignee', icon: User },
  scale: { label: 'Scale', icon: Gauge },
  from: { label: 'From', icon: Clock },
  to: { label: 'To', icon: Clock },
}

/** Fields of which a filter may hold one value only. */
export function isSingle(name: string): boolean {
  return name === 'spam' || name === 'merged' || name === 'verified'
}

/** Fields that the collector cannot turn into "is not". */
export function isOneSided(name: string): boolean {
  return isSingle(name) || name === 'environment'
}

export function fieldOf(name: string): { name: string; label: string; icon: IconNode } {
  const field = builtInFields.find((one) => one.name === name) ?? clickedFields[name]
  if (field) return { name, label: field.label, icon: field.icon }
  const icon = name.startsWith('trait.') ? User : Tag
  return { name, label: name.replace(/^(tag|trait)\./, ''), icon }
}

/** How a value reads to somebody who knows the project and not the wire. */
export function valueLabel(name: string, value: string, project: Project | null): string {
  if (name === 'status') return project?.statuses.find(({ key }) => key === value)?.label ?? value
  if (name === 'kind') return project?.kinds.find(({ key }) => key === value)?.label ?? value
  if (name === 'locale') return languageName(value)
  if (value === 'none' && name === 'label') return 'No label'
  if (value === 'none' && name === 'assignee') return 'Nobody'
  const field = builtInFields.find((one) => one.name === name)
  if (Array.isArray(field?.values)) return field.values.find(({ key }) => key === value)?.label ?? value
  return value
}

/** @example languageName('pt-BR') // 'Brazilian Portuguese' */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch {
    // No language tag at all: what was sent is shown as it is.
    return tag
  }
}
