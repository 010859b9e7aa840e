import { createEarshot } from '../sdk/client.ts'
import { createEmitter } from '../sdk/events.ts'
import { fetchConfig } from '../sdk/transport.ts'
import type { Started } from './chunks.ts'
import { isOff } from './settings.ts'
import type { Settings } from './settings.ts'

/** Makes the client and says what the script's attributes say (`data-tag-NAME`, `data-user-NAME`). */
export function start(settings: Settings, nativeFetch: typeof fetch): Started {
  const emitter = createEmitter()
  const enabled = !isOff(settings.enabled)
  const collector = { ...settings, fetch: nativeFetch }
  const client = createEarshot({ ...collector, debug: !isOff(settings.debug ?? false), enabled, emitter })
  const said: Record<'tag' | 'user', Record<string, string>> = { tag: {}, user: {} }
  for (const [name, value] of Object.entries(settings)) {
    // A script's `dataset` gives `data-tag-plan` as `tagPlan`.
    const found = /^(tag|user)([A-Z])(.*)/.exec(name) as [string, 'tag' | 'user', string, string] | null
    if (found) said[found[1]][found[2].toLowerCase() + found[3]] = String(value)
  }
  client.tag(said.tag)
  client.identify(said.user)
  return { client, emitter, collector, fetchConfig: () => fetchConfig(collector) }
}
