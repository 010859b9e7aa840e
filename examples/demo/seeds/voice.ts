import type { RatingScale } from 'earshot/wire'

/** One thing somebody said about Kilnyard, with what belongs to the words. */
export interface Voice {
  kind: 'bug' | 'idea' | 'praise' | 'question' | 'other'
  text: string
  /** The part of Kilnyard it is about. */
  area: Area
  /** Only from the phones' or the desktop's browsers. */
  form?: 'phone' | 'desktop'
  /** How the person felt, 0 (furious) to 1 (delighted); scores follow it. */
  mood: number
  scale?: RatingScale
  labels?: string[]
  /** The language it is written in; English where it is left out. */
  language?: Language
}

export type Area =
  | 'today'
  | 'firings'
  | 'pieces'
  | 'booking'
  | 'labels'
  | 'notices'
  | 'billing'
  | 'settings'
  | 'account'
export type Language = 'de' | 'fr' | 'es' | 'pt' | 'ja' | 'ko' | 'zh' | 'ar'

/** Where each area is in the product. */
export const paths: Record<Area, string> = {
  today: '/',
  firings: '/firings',
  pieces: '/pieces',
  booking: '/firings/book',
  labels: '/firings/labels',
  notices: '/settings/notices',
  billing: '/billing',
  settings: '/settings',
  account: '/account',
}
