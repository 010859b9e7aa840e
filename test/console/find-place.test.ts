import { describe, expect, it } from 'vitest'
import { findPlace } from '../../worker/console/surveys/draft/find-place.ts'

const text = JSON.stringify(
  { id: 'a"b, {', questions: [{ id: 'q1' }, { id: 'q2', next: [{ when: {}, go: 'q1' }], on: true }], n: -1.5e3 },
  null,
  2,
)
const at = (path: string, said = text) => {
  const span = findPlace(said, path)
  return span && said.slice(...span)
}

describe('the place of a fault in a text', () => {
  it('is the value that its path names', () => {
    expect(at('id')).toBe('"a\\"b, {"')
    expect(at('questions[1].next[0].go')).toBe('"q1"')
    expect(at('questions[0]')).toBe('{\n      "id": "q1"\n    }')
    expect(at('questions[1].next[0].when')).toBe('{}')
    expect(at('questions[1].on')).toBe('true')
    expect(at('n')).toBe('-1500')
  })

  it('is what holds it where it is missing', () => {
    expect(at('questions[0].text')).toBe('{\n      "id": "q1"\n    }')
    expect(at('questions[1].next[3].go')).toContain('"when"')
    expect(at('name')).toBe(text)
  })

  it('is found as far as a broken text goes, and never hangs', () => {
    expect(at('b', '{"a": 1, "b": ')).toBe(null)
    expect(at('a[1]', '{"a": [1, 2')).toBe('2')
    for (const broken of ['', '   ', '{', '[', '"', '{"a"', '{a: 1}', '[,,]', '}', '{"a": }', '[[[[']) {
      expect(() => findPlace(broken, 'a[0].b')).not.toThrow()
    }
  })
})
