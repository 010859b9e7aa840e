import { describe, expect, it } from 'vitest'
import { readLine } from '../../worker/import/line.ts'
import { importLineSchema } from '../../worker/import/schema.ts'

const context = {
  project: 'p',
  secret: 's',
  environment: 'production',
  statuses: ['new'],
  now: Date.parse('2026-11-22T09:00:00Z'),
  schema: importLineSchema,
  prove: () => Promise.reject(new Error('There is no token to prove.')),
}
const read = async (notes: unknown) => {
  const line = { id: '018f4d3e-0000-7000-8000-000000000001', message: 'It said so', notes }
  const outcome = await readLine(JSON.stringify(line), context)
  if (!outcome.ok) throw new Error(outcome.failure.detail)
  return outcome.value
}

describe('the notes that a line of an import brings along', () => {
  it('are kept as an export gives them', async () => {
    const note = { path: 'tags.plan', code: 'truncated', detail: 'Cut to 500 characters.' }
    const { item, notes } = await read([note])
    expect(item.notes).toEqual([note])
    expect(notes).toEqual([])
  })

  it.each([[[null]], [[{ path: 1 }]], [['text']], [{ path: 'a' }], ['text'], [[[[]]]]])(
    'are left out where they are none, and that is noted: %j',
    async (given) => {
      const { item, notes } = await read(given)
      expect(item).toMatchObject({ message: 'It said so' })
      expect(item.notes).toEqual(notes)
      expect(notes).toMatchObject([{ path: 'notes', code: 'dropped' }])
    },
  )
})
