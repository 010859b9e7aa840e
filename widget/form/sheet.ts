/** Puts rules beside those that dress the widget already, where `node` stands. */
export function addSheet(node: Node, css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const root = node.getRootNode() as ShadowRoot
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
