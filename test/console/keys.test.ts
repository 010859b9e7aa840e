import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Action } from '../../worker/console/actions/action.ts'
import type { Place } from '../../worker/console/address/place.ts'
import { builtInStatuses } from '../../sdk/wire/index.ts'

const places: Place[] = [
  { at: 'inbox' },
  { at: 'numbers' },
  { at: 'surveys', survey: null, isNew: false },
  { at: 'people', id: 'external:u_1' },
  { at: 'accounts', id: 'acme' },
  { at: 'setup', section: null },
  { at: 'import' },
]

let actionsAt: (place: Place) => readonly Action[]

beforeAll(async () => {
  // What the console reads of a browser while it is loaded, and nothing more.
  const nothing = () => undefined
  vi.stubGlobal('location', new URL('http://console.example/console/inbox'))
  vi.stubGlobal('history', { pushState: nothing, replaceState: nothing })
  vi.stubGlobal('addEventListener', nothing)
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: nothing, removeItem: nothing })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: nothing }))
  vi.stubGlobal('document', { addEventListener: nothing, querySelector: () => null, documentElement: { dataset: {} } })
  const [{ actions }, { place }, { project }, { savedViews }] = await Promise.all([
    import('../../worker/console/actions/registry.ts'),
    import('../../worker/console/address/address.ts'),
    import('../../worker/console/collector/session.ts'),
    import('../../worker/console/views/saved.ts'),
  ])
  project.value = {
    id: 'p',
    name: 'Keys',
    statuses: [...builtInStatuses],
    labels: [],
    kinds: [],
    environments: [],
    timeZone: 'UTC',
    weekStart: 'monday',
    origins: [],
    quota: { perDay: 50_000 },
    retention: null,
    revision: 1,
  }
  savedViews.value = Array.from({ length: 12 }, (_, at) => ({
    id: `view${at}`,
    name: `View ${at}`,
    query: '',
    visibility: 'private',
    owner: null,
    ownerName: null,
    createdAt: '2026-11-23T00:00:00.000Z',
    updatedAt: '2026-11-23T00:00:00.000Z',
  }))
  actionsAt = (at) => {
    place.value = at
    return actions.value
  }
})

describe.each(places)('the keys at $at', (place) => {
  it('mean one thing each, whatever is possible just now', () => {
    const meant = new Map<string, string[]>()
    for (const { id, keys } of actionsAt(place)) {
      for (const key of keys) meant.set(key, [...(meant.get(key) ?? []), id])
    }
    expect([...meant].filter(([, ids]) => ids.length > 1)).toEqual([])
    // A key that begins a sequence would never be waited for, did it do something itself.
    const begun = new Set([...meant.keys()].filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]))
    expect([...meant.keys()].filter((key) => begun.has(key))).toEqual([])
  })

  it('are those of actions with a name of their own', () => {
    const all = actionsAt(place)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
    expect(all.flatMap(({ keys }) => keys)).toEqual(expect.arrayContaining(['?', 'Mod+k', 'g i']))
  })
})

it('docs/console.md names keys and commands as they are', () => {
  const page = readFileSync(new URL('../../docs/console.md', import.meta.url), 'utf8')
  const named = [...page.matchAll(/^\| `(\S+)` \| ([A-Z].*) \|$/gm)].map(([, key, title]) => [key, title])
  expect(named.length).toBeGreaterThan(9)
  const all = actionsAt({ at: 'inbox' })
  expect(
    named.filter(([key, title]) => !all.some((one) => one.title === title && one.keys.includes(key ?? ''))),
  ).toEqual([])
  // In running words: `g w`, `Shift N`.
  const keys = new Set(all.flatMap((one) => one.keys).map((key) => key.replace('+', ' ').toLowerCase()))
  const running = [...page.matchAll(/`(g \w|Shift \w)`/g)].map(([, key = '']) => key)
  expect(running.filter((key) => !keys.has(key.toLowerCase()))).toEqual([])
})
