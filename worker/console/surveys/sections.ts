import { computed, signal } from '@preact/signals'
import { goTo, place, placeHref, type Place } from '../address/address.ts'
import { draft } from './workbench.ts'

/** The parts of the builder. */
export const sections = {
  questions: 'Questions',
  ways: 'Ways through',
  audience: 'Who sees it',
  languages: 'Languages',
  preview: 'Preview',
  expert: 'Expert',
} as const
export type Section = keyof typeof sections

const isSection = (name: string): name is Section => Object.hasOwn(sections, name)

/** The part on screen; anything unknown is the questions. */
export const section = computed<Section>(() => {
  const wanted = place.value.at === 'surveys' ? (place.value.section ?? '') : ''
  return isSection(wanted) ? wanted : 'questions'
})

export function sectionPlace(next: Section): Place {
  const here = place.value
  const open = here.at === 'surveys' ? { survey: here.survey, isNew: here.isNew } : { survey: null, isNew: false }
  return { at: 'surveys', ...open, ...(next !== 'questions' && { section: next }) }
}

export const sectionHref = (next: Section): string => placeHref(sectionPlace(next))

/** The question whose fields are open, by its place. */
export const openQuestion = signal<number | null>(0)

/** A place in the survey that somebody wants to get to; the section that has it takes the focus there. */
export const wantedPath = signal<string | null>(null)

/** Leads to a place that is at fault. */
export function goToPath(path: string): void {
  const language = draft.peek()?.language ?? ''
  const question = /^questions\[(\d+)\]/.exec(path)?.[1]
  const tag = /\.(?:text|hint|low|high)\.([\w-]+)$|^thanks\.([\w-]+)$/.exec(path)
  const other = tag?.[1] ?? tag?.[2] ?? language
  if (question !== undefined) openQuestion.value = Number(question)
  const next: Section = draft.peek() === null ? 'expert' : sectionOf(path, other !== language)
  goTo(sectionPlace(next))
  wantedPath.value = path
}

function sectionOf(path: string, isTranslation: boolean): Section {
  if (path.startsWith('targeting')) return 'audience'
  if (path === 'language' || isTranslation) return 'languages'
  return /^(questions|thanks|name|id)/.test(path) ? 'questions' : 'expert'
}

/** The field of a path, or of what holds it. */
export function findField(root: ParentNode, path: string): HTMLElement | null {
  for (let at = path; at !== ''; at = at.replace(/(^|\.)[^.[\]]+$|\[\d+\]$/, '')) {
    const field = root.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"]`)
    if (field) return field
  }
  return null
}
