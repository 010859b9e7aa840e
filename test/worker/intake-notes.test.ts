import { describe, expect, it } from 'vitest'
import { normalise } from '../../worker/intake/normalise.ts'
import { submissionSchema } from '../../worker/intake/schema.ts'

const id = '018f4d3e-0000-7000-8000-000000000001'

function noted(said: Record<string, unknown>) {
  // As it comes: own names, whatever they are called.
  const outcome = normalise(
    JSON.parse(JSON.stringify({ id, message: 'It is the message that counts', ...said })),
    submissionSchema,
  )
  if (!outcome.ok) throw new Error(outcome.failure.detail)
  const { submission, notes } = outcome.value
  expect(submission.message).toBe('It is the message that counts')
  return notes
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength

describe('notes on what could not be kept', () => {
  it('are some, and a count, where thousands of fields are not known', () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, 1]))
    const notes = noted(fields)
    expect(notes).toHaveLength(101)
    expect(notes[0]).toEqual({ path: 'f0', code: 'ignored', detail: 'This field is not known.' })
    expect(notes.at(-1)).toEqual({ path: '', code: 'ignored', detail: 'There were 19900 more notes.' })
  })

  it.each([
    ['NUL in a list', Array.from({ length: 2_000 }, () => '\0')],
    ['names that are not allowed', Array.from({ length: 2_000 }, () => JSON.parse('{"__proto__":1}') as unknown)],
  ])('stay small under a name that is a book: %s', (_, list) => {
    expect(bytesOf(noted({ ['n'.repeat(60_000)]: list }))).toBeLessThan(50_000)
  })

  it('stay small where a context has a book for its name', () => {
    expect(bytesOf(noted({ context: { ['n'.repeat(60_000)]: 1 } }))).toBeLessThan(2_000)
  })

  it('say that of thousands of contexts fifty are kept, each being a name in the catalogue', () => {
    const context = Object.fromEntries(Array.from({ length: 1_500 }, (_, n) => [`c${n}`, {}]))
    const said = JSON.parse(JSON.stringify({ id, message: 'Said', context })) as Record<string, unknown>
    const outcome = normalise(said, submissionSchema)
    expect(Object.keys((outcome.ok && outcome.value.submission.context) || {})).toHaveLength(50)
    expect(noted({ context })[0]).toMatchObject({ path: 'context.c50', code: 'dropped' })
  })

  it.each(['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'])(
    'name a field that is called what every object has: %s',
    (name) => {
      const unknown = { path: name, code: 'ignored', detail: 'This field is not known.' }
      // Beside a fault each field is looked at by itself.
      for (const fault of [{}, { release: 5 }]) expect(noted({ ...fault, [name]: 1 })).toContainEqual(unknown)
      expect(noted({ person: { id: 5, [name]: {} } })).toContainEqual({ ...unknown, path: `person.${name}` })
    },
  )

  it('never break off inside a character', () => {
    for (const { path } of noted({ [`x${'😀'.repeat(150)}`]: 1 })) expect(path.isWellFormed()).toBe(true)
  })
})
