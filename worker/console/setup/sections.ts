import {
  Activity,
  KeyRound,
  MessageSquareText,
  Rocket,
  SlidersHorizontal,
  type IconNode,
  UsersRound,
  Webhook,
} from 'lucide'

/** The parts of the set-up, as the address bar names them. */
export const sections = {
  start: { title: 'Install', icon: Rocket },
  widget: { title: 'Widget', icon: MessageSquareText },
  project: { title: 'Project', icon: SlidersHorizontal },
  people: { title: 'People', icon: UsersRound },
  keys: { title: 'Keys', icon: KeyRound },
  webhooks: { title: 'Webhooks', icon: Webhook },
  health: { title: 'Health', icon: Activity },
} as const satisfies Record<string, { title: string; icon: IconNode }>

export type Section = keyof typeof sections

export const sectionNames = Object.keys(sections) as Section[]
export const isSection = (name: string): name is Section => Object.hasOwn(sections, name)
