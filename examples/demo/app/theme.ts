/** Also built as a script of its own that runs in the head, so that a chosen theme never flashes in late. */
const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'kilnyard.theme'

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}

/** The theme chosen on this device; `auto` where none is or storage is denied. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey)
    return isTheme(stored) ? stored : 'auto'
  } catch {
    // Storage may be denied: the page then follows the system.
    return 'auto'
  }
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Storage may be denied: the choice then lasts as long as the page.
  }
}

document.documentElement.dataset['theme'] = readTheme()
