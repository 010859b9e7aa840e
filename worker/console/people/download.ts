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
  const history: PersonHistory[] = []
  const deliveries: PersonDelivery[] = []
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
    history.push(...answer.value.history)
    deliveries.push(...answer.value.deliveries)
    cursor = answer.value.next
    if (cursor) notify({ tone: 'plain', text: `${plural(items.length, 'item')} so far…` })
  } while (cursor)
  const file = { exportedAt: new Date().toISOString(), people, items, history, deliveries }
  save(`${fileName(name)}.json`, new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
  notify({ tone: 'plain', text: `Saved ${plural(items.length, 'item')}. Links to images are good for an hour.` })
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
