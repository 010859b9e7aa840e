import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { Settings } from '../settings.ts'

/** How a survey looks and speaks. */
export interface Look extends Pick<Settings, 'lang' | 'strings' | 'theme' | 'accent'> {
  /** CSS pixels. */
  radius?: number | null
}

/** The page's own settings, and the project's where the page says nothing. */
export function lookOf(settings: Settings, { scheme, accent, radius }: Partial<WidgetConfig['theme']> = {}): Look {
  const brand = accent && CSS.supports('color', accent) ? accent : undefined
  return { ...settings, theme: settings.theme ?? scheme, accent: settings.accent ?? brand, radius }
}
