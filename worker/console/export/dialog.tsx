import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'

/** Few visits export: the rest comes when somebody does. */
const panel = signal<ComponentType | 'failed' | null>(null)

async function load(): Promise<void> {
  try {
    const { ExportPanel } = await import('./panel.tsx')
    panel.value = ExportPanel
  } catch {
    // Offline, or a deployment replaced the files.
    panel.value = 'failed'
  }
}

/** Exports exactly what is listed, and says how many rows that is before it starts. */
export function ExportDialog() {
  const Panel = panel.value
  useEffect(() => {
    if (Panel === null) void load()
  }, [Panel])
  return (
    <Dialog label="Export" class="export" onClose={close}>
      {Panel === null && <div class="export-loading" aria-busy="true" />}
      {Panel === 'failed' && (
        <div class="export-loading" role="alert">
          <p>This part of the console did not load. Check your connection and load the page again.</p>
          <Button look="primary" onClick={() => location.reload()}>
            Load again
          </Button>
        </div>
      )}
      {Panel !== null && Panel !== 'failed' && <Panel />}
    </Dialog>
  )
}
