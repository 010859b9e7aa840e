import { createEarshot } from '../sdk/client.ts'
import { createEmitter } from '../sdk/events.ts'
import type { Started } from './chunks.ts'
import type { Identity } from '../sdk/index.ts'
import { isOff } from './settings.ts'
import type { Settings } from './settings.ts'

/** Makes the client and says what the script's attributes say (`data-tag-NAME`, `data-user-NAME`). */
export function start(settings: Settings, nativeFetch: typeof fetch): Started {
  const debug = !isOff(settings.debug ?? false)
  const enabled = !isOff(settings.enabled)
  const emitter = createEmitter(debug)
  const query = String(settings.query ?? '').split(',')
  const client = createEarshot({ ...settings, enabled, query, emitter, fetch: nativeFetch })
  const said: Record<string, Record<string, unknown>> = { tag: {}, user: {} }
  for (const [name, value] of Object.entries(settings)) {
    // A script's `dataset` gives `data-tag-plan` as `tagPlan`.
    const [, group = '', letter = '', rest = ''] = /^(tag|user)([A-Z])(.*)/.exec(name) ?? []
    const values = said[group]
    if (values) values[letter.toLowerCase() + rest] = value
  }
  client.tag(said.tag ?? {})
  if (Object.keys(said.user ?? {}).length > 0) client.identify(said.user as Identity)
  return { client, emitter, collector: { ...settings, fetch: nativeFetch } }
}
