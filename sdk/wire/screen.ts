/** What makes a submission look like a machine's. */
export const screenCodes = ['trap', 'links', 'markup', 'pitch', 'repetition', 'gibberish', 'haste'] as const
export type ScreenCode = (typeof screenCodes)[number]

/** One reason, and how much it counts for. */
export interface ScreenReason {
  code: ScreenCode
  /** Parts of 1; the reasons of an item come to 1 or more together. */
  points: number
  /** What was found, in a few words for people: `4 links in 12 words`. */
  detail: string
}

/** Why an item came into the spam tray: `Feedback.screened`. It stays when somebody takes the item out again. */
export interface Screened {
  /** The sum of the points; 1 and more is spam. */
  score: number
  /** What counts for most comes first. */
  reasons: ScreenReason[]
}
