/**
 * What is covered before it is drawn: passwords also while they are shown, card numbers, `[data-private]`, and what
 * people already have in their pages for Sentry, rrweb, PostHog, Datadog, FullStory and Hotjar.
 */
const masks =
  '[type=password],[autocomplete*=password],[autocomplete^=cc-],[data-private],[data-sentry-mask],[data-sentry-block],.sentry-mask,.sentry-block,.rr-block,.rr-mask,.ph-no-capture,.ph-mask,[data-dd-privacy=mask],[data-dd-privacy=hidden],.dd-privacy-mask,.dd-privacy-hidden,.fs-mask,.fs-exclude,[data-hj-suppress]'

export function isMasked(node: Element): boolean {
  return node.matches(masks)
}

/** Makes a clone a plain box of the same size; whatever told something is gone from it. */
export function cover(clone: HTMLElement): void {
  clone.replaceChildren()
  for (const name of clone.getAttributeNames()) if (!/^(style|type)$/.test(name)) clone.removeAttribute(name)
  for (const [name, value] of Object.entries({
    background: '#8a909c',
    color: '#0000',
    '-webkit-text-fill-color': '#0000',
    'list-style': 'none',
    'border-image': 'none',
    'box-shadow': 'none',
    mask: 'none',
  })) {
    clone.style.setProperty(name, value, 'important')
  }
}
