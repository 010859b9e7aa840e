import { mask } from './mask.ts'
import { safely } from './patch.ts'
import type { Note } from './index.ts'

const textMaxChars = 60
const classesMax = 3

const actors =
  'a,button,label,summary,input,select,textarea,[role=button],[role=link],[role=tab],[role=menuitem],[role=option],[role=checkbox],[role=radio],[role=switch]'
// What people type or choose is no label.
const fields = 'input,select,textarea,[contenteditable]'
// As for pictures of the page: ours, and what pages already have for Sentry, rrweb, PostHog, Datadog, FullStory, Hotjar.
const masks =
  '[data-earshot-mask],[data-private],[data-sentry-mask],[data-sentry-block],.sentry-mask,.sentry-block,.rr-block,.rr-mask,.ph-no-capture,.ph-mask,[data-dd-privacy=mask],[data-dd-privacy=hidden],.dd-privacy-mask,.dd-privacy-hidden,.fs-mask,.fs-exclude,[data-hj-suppress]'

/** Notes what was clicked, by its selector and label. */
export function recordClicks(note: Note): () => void {
  const onClick = (event: Event) =>
    safely(() => {
      // In open shadow roots, too, but not in the widget.
      const path = event.composedPath()
      const [target] = path
      if (!(target instanceof Element) || path.some((node) => (node as Element).localName === 'earshot-widget')) return
      note('click', describe(target.closest(actors) ?? target))
    })
  globalThis.document?.addEventListener('click', onClick, true)
  return () => globalThis.document?.removeEventListener('click', onClick, true)
}

/**
 * An element as people who know the page recognise it: `button#pay.primary "Pay now"`. Never what stands in a field, nor
 * text that the page masks.
 */
export function describe(element: Element): string {
  const type = element.matches('input') ? `[type=${element.getAttribute('type') ?? 'text'}]` : ''
  const id = element.id && `#${element.id}`
  const classes = [...element.classList].slice(0, classesMax).map((name) => `.${name}`)
  const isMasked = element.closest(`${masks},${fields}`) || element.querySelector(`${masks},${fields}`)
  // The words of a whole region name nothing.
  const isNamed = !isMasked && (element.matches(actors) || !element.firstElementChild)
  const label = !isNamed ? '' : (element.getAttribute('aria-label') ?? element.textContent ?? '')
  const text = mask(
    label
      .slice(0, textMaxChars * 4)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const cut = text.length > textMaxChars ? `${text.slice(0, textMaxChars)}…` : text
  return mask(element.localName + type + id + classes.join('')) + (cut && ` "${cut}"`)
}
