import type { WidgetConfig } from '../../sdk/wire/index.ts'
import type { ProjectRecord } from '../storage/projects.ts'

const widgetDefaults: Omit<WidgetConfig, 'project' | 'attachments' | 'surveys'> = {
  kinds: [{ key: 'bug' }, { key: 'idea' }, { key: 'praise' }, { key: 'question' }],
  rating: null,
  email: 'optional',
  mayContact: null,
  privacyUrl: null,
  next: null,
  theme: { scheme: 'auto', accent: null, radius: null },
}

/** What the widget of a project fetches. */
export const widgetConfigOf = (
  { name, settings }: Pick<ProjectRecord, 'name' | 'settings'>,
  live: Pick<WidgetConfig, 'attachments' | 'surveys'>,
): WidgetConfig => ({
  project: { name },
  ...widgetDefaults,
  ...settings.widget,
  ...live,
})
