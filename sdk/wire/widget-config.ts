import type { RatingScale } from './submission.ts'
import type { SurveyDefinition } from './survey.ts'

/** One kind of feedback the form offers. */
export interface KindConfig {
  /** Sent as `kind`. */
  key: string
  /** Overrides the catalogue's label. */
  label?: string
  /** Overrides the catalogue's prompt above the text field. */
  prompt?: string
  /** The kind leads here instead of to the form. */
  url?: string
  /** The kind leads to the page's own code, which hears the event `kind`, instead of to the form. */
  handler?: boolean
}

/**
 * What the widget fetches on intent: the answer of `GET /v1/widget?key=pub_…`, fresh for an hour and usable for a day.
 * The form works without it, with the defaults given here.
 */
export interface WidgetConfig {
  project: { name: string }
  /** Offered in this order. Default: bug, idea, praise, question. */
  kinds: KindConfig[]
  /** Ask for a score below the message. Default: none. */
  rating: { scale: RatingScale; label?: string } | null
  /** Default: `optional`. */
  email: 'hidden' | 'optional' | 'required'
  /** A box the person may tick; the version of its wording is kept with the answer. Default: none. */
  mayContact: { text: string; version: string } | null
  privacyUrl: string | null
  /** One honest line on what happens next, shown after sending. */
  next: string | null
  theme: {
    scheme: 'auto' | 'light' | 'dark'
    /** Any CSS colour; contrast is computed from it. */
    accent: string | null
    /** CSS pixels. */
    radius: number | null
  }
  /** Whether screenshots and images may be attached; false where the deployment has no object storage. */
  attachments: boolean
  /** The live ones. */
  surveys: SurveyDefinition[]
}
