import { createWidget } from './widget.ts'
import type { Widget } from './widget.ts'
import type { Settings } from './settings.ts'

/**
 * Mounts the widget; importing this does nothing. The client and the form come through your own bundler when somebody
 * is about to write.
 *
 * @example
 * import { mount } from 'earshot/widget'
 * const earshot = mount({ key: 'pub_…', endpoint: 'https://feedback.example.com', release: '1.4.2' })
 * earshot.tag('plan', 'pro')
 */
export function mount(settings: Settings): Widget {
  return createWidget(settings, {
    client: () => import('./client.ts'),
    form: () => import('./form/index.ts'),
    extras: () => import('./extras.ts'),
  })
}

export type { Prefill, Settings } from './settings.ts'
export type { Strings } from './strings.ts'
export type { Widget } from './widget.ts'
