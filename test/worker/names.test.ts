import { expect, it } from 'vitest'
import { listNames } from '../../worker/storage/names.ts'
import { openDatabase } from '../support/sqlite.ts'

it('the catalogue lists what was seen first where pages made up more names than a list holds', async () => {
  const { db, sqlite } = openDatabase()
  const insert = sqlite.prepare('INSERT INTO name (project, name, first_seen_at) VALUES (?, ?, ?)')
  for (const [name, at] of [
    ['tag.zone', 1],
    ['tag.plan', 2],
    ['label.ux', 0],
    ...Array.from({ length: 30 }, (_, n): [string, number] => [`tag.a${n}`, 100 + n]),
  ] as [string, number][]) {
    insert.run('shop', name, at)
  }
  insert.run('blog', 'tag.other', 0)
  const names = await listNames(db, 'shop', 4)
  expect(names.map(({ name }) => name)).toEqual(['tag.a0', 'tag.a1', 'tag.plan', 'tag.zone'])
})
