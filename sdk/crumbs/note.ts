import type { CrumbType } from '../api.ts'

/** Notes one crumb; `at` is when it began, in ms, if not now. */
export type Note = (type: CrumbType, message: string, data?: object, at?: number) => void
