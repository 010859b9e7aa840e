import { createEarshot } from '../sdk/client.ts'
import { createEmitter } from '../sdk/events.ts'
import { fetchConfig } from '../sdk/transport.ts'
import type { Started } from './chunks.ts'
import { isOff } from './settings.ts'
import type { Settings } from './settings.ts'

/** Makes the client, says what the script's attributes say (`data-tag-NAME`, `data-user-NAME`), asks for the config. */
export function start(settings: Settings, nativeFetch: typeof fetch): Started {
  const debug = settings.debug !== undefined && !isOff(settings.debug)
  const emitter = createEmitter(debug)
  const query = String(settings.query ?? '').split(',')
  const client = createEarshot({
    ...settings,
    debug,
    enabled: !isOff(settings.enabled),
    query,
    emitter,
    fetch: nativeFetch,
  })
  const user: Record<string, string> = {}
  for (const [name, value] of Object.entries(settings)) {
    // A script's `dataset` gives `data-tag-my-plan` as `tagMyPlan`.
    const [, group, rest = ''] = /^(tag|user)([A-Z].*)/.exec(name) ?? []
    const key = rest.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).slice(1)
    if (group === 'tag') client.tag(key, value)
    else if (group) user[key] = String(value)
  }
  if (Object.keys(user).length > 0) client.identify(user)
  return { client, emitter, config: fetchConfig({ ...settings, fetch: nativeFetch }) }
}
