import type { ComponentProps, ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { close } from '../actions/overlay.ts'
import { notify } from '../controls/notices.ts'
import type { Viewer } from './viewer.tsx'

type ViewerProps = ComponentProps<typeof Viewer>

/** The viewer of images, loaded when somebody opens the first one. */
export function LazyViewer(props: ViewerProps) {
  const [View, setView] = useState<ComponentType<ViewerProps> | null>(null)
  useEffect(() => {
    const load = async () => {
      try {
        const loaded = await import('./viewer.tsx')
        setView(() => loaded.Viewer)
      } catch {
        // Offline, or a deployment replaced the files.
        close()
        notify({
          tone: 'bad',
          text: 'The image could not be opened. Check your connection and load the page again.',
          action: { label: 'Load again', run: () => location.reload() },
        })
      }
    }
    void load()
  }, [])
  return View && <View {...props} />
}
