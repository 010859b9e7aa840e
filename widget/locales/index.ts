import type { Strings } from '../strings.ts'

/** A language's words; what it leaves out is English. */
export type Words = Partial<Strings>

/** The languages besides English, by BCP 47 tag in lower case, each loaded when it is spoken. */
export const locales: Record<string, () => Promise<{ default: Words }>> = {
  de: () => import('./de.ts'),
}
