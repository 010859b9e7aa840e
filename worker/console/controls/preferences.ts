import { effect, signal, type Signal } from '@preact/signals'

export type Scheme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

/** What the reader chose on this machine; kept in the browser, never sent. */
export const scheme = remembered<Scheme>('earshot.scheme', 'system', ['system', 'light', 'dark'])
export const density = remembered<Density>('earshot.density', 'comfortable', ['comfortable', 'compact'])

/** Height of one row of the inbox, in CSS pixels. */
export const rowHeights: Record<Density, number> = { comfortable: 64, compact: 40 }

export function followScheme(): void {
  effect(() => {
    if (scheme.value === 'system') delete document.documentElement.dataset['scheme']
    else document.documentElement.dataset['scheme'] = scheme.value
  })
}

function remembered<T extends string>(key: string, standard: T, allowed: readonly T[]): Signal<T> {
  const value = signal(standard)
  try {
    const kept = allowed.find((one) => one === localStorage.getItem(key))
    if (kept) value.value = kept
    value.subscribe((next) => localStorage.setItem(key, next))
  } catch {
    // Storage is denied: the choice lasts as long as the page.
  }
  return value
}
