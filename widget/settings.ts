import type { RatingScale, WidgetConfig } from '../sdk/wire/index.ts'
import type { EarshotOptions } from '../sdk/index.ts'
import type { ImageStrings, Strings, SurveyStrings } from './strings.ts'

/** What the widget can be told, by `mount()`, as `data-*` on the script, or in `<script data-earshot>` as JSON. */
export interface Settings extends EarshotOptions {
  /** Where the launcher floats. Default: `bottom-right`. */
  corner?: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'
  /** Distance from the corner in CSS pixels: one number, or two for across and down. Default: `24`. */
  offset?: string | number
  /** Default: `auto`, as the system is set. */
  theme?: 'auto' | 'light' | 'dark'
  /** Any CSS colour; the text on it is computed. Default: the config's, else indigo. */
  accent?: string
  /** `none` shows no launcher: the page opens the form itself. */
  launcher?: 'none'
  /** The launcher's words; empty for the icon alone. Default: the catalogue's, "Feedback". */
  label?: string
  /** Height of the launcher's words in CSS pixels; everything else about it goes along. Default: `15`. */
  size?: string | number
  /** Opens the form, such as `alt+shift+f`; modifiers in this order: `ctrl`, `alt`, `shift`, `meta`. Default: none. */
  shortcut?: string
  /**
   * Also notes console, clicks, requests and navigation as crumbs: true or empty for all, else some of them, such as
   * `clicks,requests`. Default: uncaught errors alone.
   */
  crumbs?: boolean | string
  /** Shows surveys on this page when they are due. Default: none are looked for. */
  surveys?: boolean | ''
  /** Opens over the page everywhere, not only on phones and above the page's own modals. */
  modal?: boolean
  /** Offered where the form cannot be loaded. */
  mailto?: string
  /** Overrides of what the collector says; `data-kinds="bug,idea"`. */
  kinds?: string
  rating?: RatingScale
  email?: WidgetConfig['email']
  config?: Partial<WidgetConfig>
  /** BCP 47. Default: the page's `lang`, else the browser's. What the catalogue does not have is English. */
  lang?: string
  strings?: Partial<Strings & SurveyStrings & ImageStrings>
}

/** What `open()` may put into the form. */
export interface Prefill {
  kind?: string
  message?: string
  email?: string
}

/** True for `false` and for what `data-*="false"` says. */
export function isOff(setting: unknown): boolean {
  return String(setting) === 'false'
}
