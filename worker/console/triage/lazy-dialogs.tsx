import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { close, overlay, type Overlay } from '../actions/overlay.ts'
import { notify } from '../controls/notices.ts'

const shows = new Set<Overlay['shows']>(['merge', 'redact', 'enter', 'ask'])

/** Dialogs that few visits need: a file of their own, loaded when one is opened. */
const Loaded = signal<ComponentType | null>(null)

async function load(): Promise<void> {
  try {
    Loaded.value = (await import('./dialogs.tsx')).Dialogs
  } catch {
    // Offline, or a deployment replaced the files.
    close()
    notify({
      tone: 'bad',
      text: 'This part of the console did not load. Check your connection, then load the page again.',
      action: { label: 'Load again', run: () => location.reload() },
    })
  }
}

export function TriageDialogs() {
  const wanted = overlay.value !== null && shows.has(overlay.value.shows)
  const Dialogs = Loaded.value
  useEffect(() => {
    if (wanted && !Dialogs) void load()
  }, [wanted])
  return wanted && Dialogs ? <Dialogs /> : null
}
