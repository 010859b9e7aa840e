import { element } from '../element.ts'
import type { Files } from '../files/index.ts'
import { attachStrings } from '../strings.ts'
import type { Strings } from '../strings.ts'
import { draw } from './icons.ts'
import { addSheet } from './sheet.ts'

const css =
  '.fields .attach{display:flex;flex-wrap:wrap;gap:8px}.attach>button{flex:auto;padding:0 8px;font-size:13px}.attach>:empty{display:none}.attach p{width:100%;font-size:13px;line-height:20px;color:var(--dim)}'

const strokes = {
  screenshot: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 12h6M12 9v6',
  attachImage: 'M4 4h16v16H4zM4 16l5-5 4 4 3-3 4 4M9 8.5v.01',
}

/** The form's section for images. What handles them is loaded when somebody wants one. */
export interface Attachments {
  node: HTMLElement
  /** Resolves when nothing is being prepared any more. */
  ready: () => Promise<unknown>
  /** What will be sent. */
  blobs: Blob[]
  reset: () => void
}

export function attachments(root: ShadowRoot, form: HTMLElement, own: Partial<Strings>): Attachments {
  const strings = { ...attachStrings, ...own }
  addSheet(root, css)
  let working: Promise<unknown> = Promise.resolve()
  const blobs: Blob[] = []
  const list = element('ul', { className: 'attached' })
  const status = element('p', { role: 'status' })
  let files: Promise<Files> | undefined
  const during = (work: Promise<unknown>) => {
    working = Promise.all([working, work])
  }
  const use = (action: (files: Files) => unknown) => during(run(action))
  const run = async (action: (files: Files) => unknown) => {
    try {
      files ??= import('../files/index.ts').then(({ fillShelf }) =>
        fillShelf({ root, list, status, blobs, strings, during }),
      )
      await action(await files)
    } catch {
      files = undefined
      status.textContent = strings.attachFailed
    }
  }
  const add = (data: DataTransfer | HTMLInputElement) => {
    const picked = [...(data.files ?? [])]
    if (picked[0]) use((files) => files.add(picked))
  }
  const picker = element('input', {
    type: 'file',
    accept: 'image/*',
    multiple: true,
    hidden: true,
    onchange() {
      add(picker)
      picker.value = ''
    },
  })
  const button = (name: 'screenshot' | 'attachImage', onclick: () => void) =>
    element('button', { type: 'button', onclick }, draw(strokes[name]), strings[name])
  const node = element(
    'div',
    { className: 'attach' },
    button('screenshot', () => use((files) => files.shoot())),
    button('attachImage', () => picker.click()),
    picker,
    list,
    status,
  )
  const onData = (event: ClipboardEvent | DragEvent) => {
    const data = 'dataTransfer' in event ? event.dataTransfer : event.clipboardData
    // Words copied from a document come with a picture of them, and are meant.
    if (!data?.types.includes('Files') || data.types.includes('text/plain') || !node.matches(':enabled *')) return
    event.preventDefault()
    add(data)
  }
  for (const type of ['paste', 'drop', 'dragover'] as const) form.addEventListener(type, onData)
  return {
    node,
    ready: () => working,
    blobs,
    reset() {
      blobs.length = 0
      list.replaceChildren()
      status.textContent = ''
    },
  }
}
