import type { Started } from '../chunks.ts'
import type { Settings } from '../settings.ts'

/** What decides about surveys gets of the widget. */
export interface DuePage {
  settings: Settings
  /** Aborted by `destroy()`. */
  signal: AbortSignal
  load: () => Promise<Started>
}

/** Looks for surveys that are due. */
export function watch(_page: DuePage): { track: (event: string, data?: object) => void } {
  return { track: () => undefined }
}
