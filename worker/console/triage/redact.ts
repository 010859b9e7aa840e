import { open } from '../actions/overlay.ts'
import { openItem } from '../inbox/inbox.ts'

/** What is selected of the open item, on one line; empty where nothing is. */
export function selectedWords(): string {
  const selection = getSelection()
  const within = selection?.anchorNode?.parentElement?.closest('.item-main')
  if (!selection || !within || !within.contains(selection.focusNode)) return ''
  return selection.toString().replaceAll(/\s+/g, ' ').trim()
}

/** Opens the dialog that blacks out, with what is selected. */
export function openRedaction(): void {
  const { item } = openItem.peek()
  const words = selectedWords()
  if (item) open({ shows: 'redact', id: item.id, texts: words === '' ? [] : [words] })
}
