import {
  BadgeCheck,
  Bug,
  Building2,
  Calendar,
  CircleDashed,
  ClipboardList,
  CreditCard,
  FileText,
  Gauge,
  Inbox,
  Languages,
  Layers,
  Lightbulb,
  Network,
  Package,
  Paperclip,
  Server,
  Shapes,
  ShieldAlert,
  Tag,
  User,
  UserCheck,
  type IconNode,
} from 'lucide'
import { isScale, type Project } from '../../../sdk/wire/index.ts'
import { learnedLabel } from './labels.ts'
import { scaleNames } from './rating.ts'

/** Something to filter by, as the menu offers it. */
export interface Field {
  /** The wire's name; `rating` and `date` stand for several parameters. */
  name: string
  label: string
  /** What else people call it, so that it is found by that. */
  also?: string
  icon: IconNode
  section: 'Feedback' | 'Where' | 'Who' | 'Tags' | 'Traits'
  /** `known`: the collector lists what was seen. `fixed`: these and no others. */
  values: 'known' | 'rating' | 'date' | 'since' | { key: string; label: string }[]
}

export const builtInFields: readonly Field[] = [
  { name: 'kind', label: 'Kind', also: 'type, category', icon: Bug, section: 'Feedback', values: 'known' },
  { name: 'status', label: 'Status', icon: CircleDashed, section: 'Feedback', values: 'known' },
  { name: 'label', label: 'Label', icon: Tag, section: 'Feedback', values: 'known' },
  {
    name: 'assignee',
    label: 'Assignee',
    also: 'owner, assigned to',
    icon: UserCheck,
    section: 'Feedback',
    values: 'known',
  },
  {
    name: 'rating',
    label: 'Rating',
    also: 'score, NPS, CSAT, CES, stars',
    icon: Gauge,
    section: 'Feedback',
    values: 'rating',
  },
  { name: 'survey', label: 'Survey', icon: ClipboardList, section: 'Feedback', values: 'known' },
  {
    name: 'date',
    label: 'Said when',
    also: 'date, day, time, created',
    icon: Calendar,
    section: 'Feedback',
    values: 'date',
  },
  { name: 'since', label: 'Received since', also: 'new, arrived', icon: Inbox, section: 'Feedback', values: 'since' },
  {
    name: 'has',
    label: 'Has an image or e-mail',
    also: 'screenshot, picture, attachment',
    icon: Paperclip,
    section: 'Feedback',
    values: [
      { key: 'screenshot', label: 'an image' },
      { key: 'email', label: 'an e-mail address' },
    ],
  },
  {
    name: 'spam',
    label: 'Spam',
    icon: ShieldAlert,
    section: 'Feedback',
    values: [
      { key: 'with', label: 'listed too' },
      { key: 'only', label: 'all that is listed' },
    ],
  },
  {
    name: 'merged',
    label: 'Merged items',
    icon: Layers,
    section: 'Feedback',
    values: [{ key: 'without', label: 'left out' }],
  },
  { name: 'person', label: 'Person', also: 'user, customer, anonymous', icon: User, section: 'Who', values: 'known' },
  {
    name: 'account',
    label: 'Account',
    also: 'company, organisation, customer',
    icon: Building2,
    section: 'Who',
    values: 'known',
  },
  { name: 'plan', label: 'Plan', icon: CreditCard, section: 'Who', values: 'known' },
  {
    name: 'verified',
    label: 'Verified',
    icon: BadgeCheck,
    section: 'Who',
    values: [
      { key: 'true', label: 'verified' },
      { key: 'false', label: 'not verified' },
    ],
  },
  { name: 'path', label: 'Page', also: 'path, URL, address', icon: FileText, section: 'Where', values: 'known' },
  { name: 'release', label: 'Release', also: 'version', icon: Package, section: 'Where', values: 'known' },
  { name: 'locale', label: 'Language', also: 'locale', icon: Languages, section: 'Where', values: 'known' },
  { name: 'environment', label: 'Environment', icon: Server, section: 'Where', values: 'known' },
  { name: 'source', label: 'Source', icon: Network, section: 'Where', values: 'known' },
]

/** Filters of the wire that the menu does not offer: nothing has them yet, or another stands for them. */
const otherFields: ReadonlyMap<string, { label: string; icon: IconNode }> = new Map([
  ['scale', { label: 'Scale', icon: Gauge }],
  ['theme', { label: 'Theme', icon: Shapes }],
  ['idea', { label: 'Idea', icon: Lightbulb }],
])

/** Fields of which a filter may hold one value only. */
export function isSingle(name: string): boolean {
  return name === 'spam' || name === 'merged' || name === 'verified'
}

/** Fields that the collector cannot turn into "is not". */
export function isOneSided(name: string): boolean {
  return isSingle(name) || name === 'environment'
}

export function fieldOf(name: string): { name: string; label: string; icon: IconNode } {
  const field = builtInFields.find((one) => one.name === name) ?? otherFields.get(name)
  if (field) return { name, label: field.label, icon: field.icon }
  const icon = name.startsWith('trait.') ? User : Tag
  return { name, label: name.replace(/^(tag|trait)\./, ''), icon }
}

/** How a value reads to somebody who knows the project and not the wire. */
export function valueLabel(name: string, value: string, project: Project | null): string {
  if (name === 'status') return project?.statuses.find(({ key }) => key === value)?.label ?? value
  if (name === 'kind') return project?.kinds.find(({ key }) => key === value)?.label ?? value
  if (name === 'locale') return languageName(value)
  if (value === 'none' && name === 'label') return 'none'
  if (value === 'none' && name === 'assignee') return 'nobody'
  if (name === 'has' && value === 'reply') return 'a reply'
  if (name === 'scale' && isScale(value)) return scaleNames[value]
  const field = builtInFields.find((one) => one.name === name)
  if (Array.isArray(field?.values)) return field.values.find(({ key }) => key === value)?.label ?? value
  return learnedLabel(name, value) ?? value
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
