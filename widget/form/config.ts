import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { Settings } from '../settings.ts'

/** What the form is built from; the page's settings win over the collector's, those over the defaults. */
export function mergeConfig(settings: Settings, fetched?: Partial<WidgetConfig> | null): Partial<WidgetConfig> {
  const { kinds, rating, email } = settings
  const config = { ...fetched, ...settings.config }
  if (kinds || !config.kinds) config.kinds = (kinds ?? 'bug,idea,praise,question').split(',').map((key) => ({ key }))
  if (rating) config.rating = { scale: rating }
  if (email) config.email = email
  return config
}
