/**
 * Adds the sheet of a view that is loaded when somebody goes there. It comes after the console's own, and the policy
 * takes it: it is made by code, not by markup.
 *
 * @example
 * import css from './surveys.css'
 * addSheet(css)
 */
export function addSheet(css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
