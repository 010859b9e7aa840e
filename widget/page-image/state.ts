import { frameDocument } from './visible.ts'

/** What a form holds is no attribute, and only attributes are drawn. Frames and other boxes get their face here too. */
export function reflect(node: HTMLElement, clone: HTMLElement): void {
  const { checked, selected, value } = node as unknown as { checked?: boolean; selected?: boolean; value: string }
  if (checked !== undefined) clone.toggleAttribute('checked', checked)
  if (selected !== undefined) clone.toggleAttribute('selected', selected)
  if (node.tagName === 'TEXTAREA') clone.textContent = value
  // A picture cannot be scrolled; bars would take room that nothing else has.
  clone.style.overflow = clone.style.overflow.replace(/auto|scroll/g, 'hidden')
  if (!/^(IFRAME|OBJECT|EMBED)$/.test(node.tagName)) return
  const frame = frameDocument(node)
  // A frame that may be read is drawn as a box with its document inside.
  Object.assign(clone.style, {
    display: clone.style.display.replace(/^(inline)?$/, 'inline-block'),
    overflow: 'hidden',
  })
  clone.style.backgroundColor = frame ? backgroundOf(frame) || '#fff' : '#d8dbe0'
  if (!frame) for (const name of ['src', 'srcdoc', 'data']) clone.removeAttribute(name)
}

/** The colour behind a whole document, which its root or its body gives. */
export function backgroundOf(root: Element): string {
  return [root, root.ownerDocument.body]
    .map((node) => node && getComputedStyle(node).backgroundColor)
    .find((colour) => colour && !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(colour)) as string
}
