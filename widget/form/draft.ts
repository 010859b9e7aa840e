/** What stands in the form's fields, by their names. */
export type Draft = Partial<Record<'kind' | 'message' | 'rating' | 'email' | 'mayContact' | 'trap', string>>

/** The draft of this tab: it survives a reload and goes with the tab. */
export function readDraft(key: string): Draft {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Draft
  } catch {
    // Storage denied, or not ours: the form starts empty.
    return {}
  }
}

/** Keeps the draft while there are words in it. */
export function writeDraft(key: string, draft: Draft): void {
  try {
    if (draft.message) sessionStorage.setItem(key, JSON.stringify(draft))
    else sessionStorage.removeItem(key)
  } catch {
    // Storage denied or full: the draft lives as long as the page.
  }
}
