import type { Settings } from '../settings.ts'
import type { Strings } from '../strings.ts'
import { alongCss } from './along.ts'
import { dismissButton, dismissCss } from './dismiss.ts'
import { addSheet } from './sheet.ts'

export { alongList, alongSummary } from './along.ts'

/** Loaded beside the form, which opens without it: what goes along, as a list, and the launcher's small cross. */
export function dress(launcher: HTMLElement | null, settings: Settings, strings: Strings): void {
  if (!launcher) return
  addSheet(launcher, alongCss + dismissCss(settings))
  launcher.after(dismissButton(launcher, strings))
}
