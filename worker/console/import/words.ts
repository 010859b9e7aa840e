import type { Refusal } from '../../../sdk/mapping/row.ts'

/** Why a row is refused, as the console says it. */
export function wordsOf({ reason, hint }: Refusal): string {
  const [, what] = /^createdAt: (.*)$/s.exec(reason) ?? []
  const [sentence = ''] = (what ?? reason).split('; ')
  const begun = sentence.charAt(0).toUpperCase() + sentence.slice(1)
  if (hint === 'order') return `${begun}: say which of day and month comes first.`
  return hint === 'ydm' ? `${begun}: is the day before the month?` : `${begun}.`
}
