import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { contents, type Ground, lived, migrate, migrations, prepare } from './migrating.ts'
import { record } from './record.ts'

/** An empty SQLite in memory. */
function open(): Ground {
  const database = new DatabaseSync(':memory:')
  return async (statements) => statements.map((sql) => database.prepare(sql).all())
}

async function afterMigrating(at: number, cuts: readonly number[]): Promise<unknown> {
  const ground = open()
  await prepare(ground, at)
  await migrate(ground, at, cuts)
  return contents(ground)
}

describe('a migration', () => {
  it.each(migrations.map(({ name }, at) => [name, at] as const))(
    '%s, cut off after any of its statements, once and once more, and run again: schema and rows are the same',
    async (_, at) => {
      const whole = await afterMigrating(at, [])
      const { length } = migrations[at]!.statements
      expect(length).toBeGreaterThan(0)
      let runs = 0
      for (let cut = 0; cut <= length; cut++) {
        for (const again of [cut, Math.floor(cut / 2)]) {
          runs += 1
          expect([cut, await afterMigrating(at, [cut, again])]).toEqual([cut, whole])
        }
      }
      record({ runs })
    },
  )

  it('runs again, all of them, over what they made, and loses no row of it', async () => {
    const ground = open()
    await prepare(ground, migrations.length)
    const before = await contents(ground)
    await migrate(ground, 0)
    expect(await contents(ground)).toEqual(before)
    const [items] = await ground(['SELECT id FROM item'])
    expect(items).toHaveLength(lived.filter((sql) => /INTO item/.test(sql)).length)
  })
})
