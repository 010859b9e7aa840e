import type { Issue, WidgetSettings } from '../../../../sdk/wire/index.ts'

/** What a project sets of its widget. */
export type WidgetDraft = Omit<WidgetSettings, 'project' | 'attachments' | 'revision'>

const keyPattern = /^[a-z0-9][a-z0-9-]{0,39}$/

/**
 * What is wrong with settings, in words for the form; paths as the collector gives them. The collector has the last
 * word, but for colours, which only a browser can read.
 */
export function checkDraft(draft: WidgetDraft, isColour: (text: string) => boolean): Issue[] {
  const issues: Issue[] = []
  const add = (path: string, reason: string) => issues.push({ path: `widget.${path}`, reason })
  for (const [index, { key, url }] of draft.kinds.entries()) {
    if (!keyPattern.test(key)) {
      add(`kinds.${index}.key`, 'Use lower-case letters, digits and hyphens, and begin with a letter or digit.')
    } else if (draft.kinds.findIndex((kind) => kind.key === key) < index) {
      add(`kinds.${index}.key`, 'Another kind has this key.')
    }
    if (url !== undefined && !isWebAddress(url)) add(`kinds.${index}.url`, 'Enter an address with https://.')
  }
  if (draft.mayContact) {
    if (draft.mayContact.text.trim() === '') add('mayContact.text', 'Say what people agree to, or take the box away.')
    if (draft.mayContact.version.trim() === '') add('mayContact.version', 'Name the version, such as 1.')
  }
  if (draft.privacyUrl !== null && !isWebAddress(draft.privacyUrl)) {
    add('privacyUrl', 'Enter an address with https://, or leave it empty.')
  }
  const { accent, radius } = draft.theme
  if (accent !== null && !isColour(accent)) add('theme.accent', 'This is no colour. Try #4b50d5, or teal.')
  if (radius !== null && !(radius >= 0 && radius <= 32)) add('theme.radius', 'Enter a number from 0 to 32.')
  return issues
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
