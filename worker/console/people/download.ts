import {
  limits,
  type Feedback,
  type PersonDelivery,
  type PersonHistory,
  type PersonRecord,
} from '../../../sdk/wire/index.ts'
import { explain } from '../collector/answer.ts'
import { readPerson } from '../collector/people.ts'
import { notify } from '../controls/notices.ts'
import { plural } from '../controls/total.ts'
import { fileName } from './who.ts'

/** Saves everything about somebody as one JSON file: who is meant, all they said, what was done and told of it. */
export async function downloadPerson(who: string, name: string): Promise<void> {
  let people: PersonRecord[] = []
  const items: Feedback[] = []
  let history: PersonHistory[] | null = []
  let deliveries: PersonDelivery[] | null = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: String(limits.pageMax), ...(cursor && { cursor }) })
    const answer = await readPerson(who, query)
    if (!answer.ok) {
      const { what, next } = explain(answer.failure)
      return notify({ tone: 'bad', text: `Nothing was saved. ${what} ${next}` })
    }
    if (cursor === null) people = answer.value.people
    items.push(...answer.value.items)
    history = follow(history, answer.value.history)
    deliveries = follow(deliveries, answer.value.deliveries)
    cursor = answer.value.next
    if (cursor) notify({ tone: 'plain', text: `${plural(items.length, 'item')} so far…` })
  } while (cursor)
  const file = { exportedAt: new Date().toISOString(), people, items, history, deliveries }
  save(`${fileName(name)}.json`, new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
  const without = history === null ? ' What the team did with it stands only in an admin’s file.' : ''
  const text = `Saved ${plural(items.length, 'item')}. Links to images are good for an hour.${without}`
  notify({ tone: 'plain', text })
}

/** What only admins see is missing on each page, or on none. */
const follow = <T>(before: readonly T[] | null, page: readonly T[] | null): T[] | null =>
  before === null || page === null ? null : [...before, ...page]

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
