import { element } from '../element.ts'
import type { Files } from '../files/index.ts'
import type { Strings } from '../strings.ts'
import { icon } from './icons.ts'

/** The form's section for images. What handles them is loaded when somebody wants one. */
export interface Attachments {
  node: HTMLElement
  /** What will be sent. */
  blobs: Blob[]
  reset: () => void
}

export function attachments(root: ShadowRoot, form: HTMLElement, strings: Strings): Attachments {
  const blobs: Blob[] = []
  const list = element('ul', { className: 'attached' })
  const status = element('p', { role: 'status' })
  let files: Promise<Files> | undefined
  const use = async (action: (files: Files) => unknown) => {
    try {
      files ??= import('../files/index.ts').then(({ fillShelf }) => fillShelf({ root, list, status, blobs, strings }))
      await action(await files)
    } catch {
      files = undefined
      status.textContent = strings.attachFailed
    }
  }
  const add = (data: DataTransfer | HTMLInputElement) => {
    const picked = [...(data.files ?? [])]
    if (picked[0]) void use((files) => files.add(picked))
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
    element('button', { type: 'button', onclick }, icon(name), strings[name])
  const node = element(
    'div',
    { className: 'attach' },
    button('screenshot', () => void use((files) => files.shoot())),
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
    blobs,
    reset() {
      blobs.length = 0
      list.replaceChildren()
      status.textContent = ''
    },
  }
}
