import { limits, type Retention } from '../../../../sdk/wire/index.ts'
import { plural } from '../../controls/total.ts'

/** What a project is set to, in a sentence. */
export function retentionInWords(rule: Retention | null): string {
  if (rule === null) return 'Everything is kept until somebody deletes it.'
  const days = plural(rule.days, 'day')
  return rule.keep === 'nothing'
    ? `After ${days} feedback is deleted, with its images.`
    : `After ${days} score and date stay; words, person and images go.`
}

/** A number of days as somebody wrote it; null where it can be none. */
export function daysIn(text: string): number | null {
  const days = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= limits.retentionMaxDays ? days : null
}
