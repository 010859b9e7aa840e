import { referenceOf } from './reference.ts'
import type { ItemBody, ItemRow } from './row.ts'
import { searchable } from './words.ts'

/** What of an item can be searched: the message, the answers in words, and the reference. */
export function wordsDocument(row: Pick<ItemRow, 'id' | 'message' | 'body'>): string {
  const { survey } = JSON.parse(row.body) as ItemBody
  const answers = (survey?.answers ?? []).map(({ value }) => value).filter((value) => typeof value === 'string')
  return searchable([row.message, ...answers, referenceOf(row.id)].join('\n'))
}
