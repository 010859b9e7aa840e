import { addSheet } from '../form/sheet.ts'
import { captureStrings } from '../strings.ts'
import type { ImageStrings } from '../strings.ts'
import { editorCss } from './editor-css.ts'
import { openEditor } from './editor.ts'
import { takeScreen } from './screen.ts'
import { canDraw, canTakeScreen } from './ways.ts'

/** What became of a capture. */
export type Captured =
  | { canvas: HTMLCanvasElement }
  /** The person changed their mind. */
  | { cancelled: true }
  /** Nothing could be taken, and why; `forbidden` is the page's policy. */
  | { failed: 'forbidden' | 'slow' | 'failed' }

export interface Capture {
  /** Takes a picture of the page and lets the person edit it. Never rejects. */
  take: () => Promise<Captured>
  /** Lets the person edit a picture; null when they changed their mind. */
  edit: (canvas: HTMLCanvasElement) => Promise<HTMLCanvasElement | null>
}

/** Pictures of the page in the widget's shadow root; called once. */
export function createCapture(root: ShadowRoot, overrides?: Partial<ImageStrings>): Capture {
  const strings = { ...captureStrings, ...overrides }
  addSheet(root, editorCss)

  /** The widget is not in its own picture; nothing asked for or denied is null. */
  const exact = async () => {
    root.host.toggleAttribute('away', true)
    try {
      return await takeScreen()
    } catch {
      // Denied, or no longer allowed after a long wait: as it was before.
      return null
    } finally {
      root.host.removeAttribute('away')
    }
  }
  const edit = (canvas: HTMLCanvasElement, again?: typeof exact) => openEditor(root, canvas, strings, again)

  return {
    edit,
    async take() {
      const native = canTakeScreen()
      let failed: 'forbidden' | 'slow' | 'failed' = 'forbidden'
      let canvas: HTMLCanvasElement | null = null
      if (await canDraw()) {
        try {
          const { drawPage } = await import('../page-image/index.ts')
          canvas = await drawPage({ host: root.host })
        } catch (error) {
          failed = (error as Error).message === 'timeout' ? 'slow' : 'failed'
        }
      }
      if (!canvas && native) {
        canvas = await exact()
        if (!canvas) return { cancelled: true }
      }
      if (!canvas) return { failed }
      const edited = await edit(canvas, native ? exact : undefined)
      return edited ? { canvas: edited } : { cancelled: true }
    },
  }
}
