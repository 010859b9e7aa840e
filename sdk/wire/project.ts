import type { Total } from './feedback.ts'
import type { WidgetConfig } from './widget-config.ts'

/** What the project's widget is set to, defaults included: `GET /v1/projects/{id}/widget`. */
export interface WidgetSettings extends Omit<WidgetConfig, 'surveys'> {
  /** That of the project's settings; `If-Match` of `PATCH /v1/projects/{id}` takes it. */
  revision: number
}

/** How many items a value has, those in the spam tray too; each counting stops at `limits.countMax`. */
export interface Usage extends Total {
  value: string
  /** Without spam, as lists and their counts show it. */
  listed: Total
  /** In the spam tray. */
  spam: Total
}

/**
 * How many items stand in each status, carry each label, are of each kind: `GET /v1/projects/{id}/usage`. In every
 * environment, merged ones included.
 */
export interface ProjectUsage {
  statuses: Usage[]
  labels: Usage[]
  kinds: Usage[]
}
