import { describe, expect, it } from 'vitest'
import { createKeyReader, strokeName, type Action } from '../../worker/console/actions/action.ts'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

function action(id: string, keys: string[], enabled = true): Action {
  return { id, title: id, group: 'Move', keys, enabled: () => enabled, run: () => {} }
}

describe('keystrokes', () => {
  it.each([
    [{ key: 'j' }, 'j'],
    [{ key: 'J', shiftKey: true }, 'Shift+j'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'k', ctrlKey: true }, 'Mod+k'],
    [{ key: 'k', metaKey: true }, 'Mod+k'],
    [{ key: 'ArrowDown', shiftKey: true }, 'Shift+ArrowDown'],
    [{ key: '@', altKey: true }, null],
    [{ key: 'Dead' }, null],
  ])('names %o %s', (event, name) => {
    expect(strokeName({ ...plain, ...event })).toBe(name)
  })
})

describe('the key reader', () => {
  const actions = [
    action('inbox', ['g i']),
    action('status', ['s']),
    action('spam', ['g s']),
    action('off', ['e'], false),
  ]
  const press = (...strokes: [string, number][]) => {
    const read = createKeyReader(() => actions)
    return strokes.map(([stroke, at]) => read(stroke, at).action?.id ?? null)
  }

  it('waits for the second key of a sequence', () => {
    expect(press(['g', 0], ['i', 300])).toEqual([null, 'inbox'])
  })

  it('means the sequence where its second key alone means something else', () => {
    expect(press(['g', 0], ['s', 300], ['s', 400])).toEqual([null, 'spam', 'status'])
  })

  it('gives a sequence up after a pause', () => {
    expect(press(['g', 0], ['s', 1_500])).toEqual([null, 'status'])
  })

  it('does nothing for an action that is not possible now', () => {
    expect(press(['e', 0])).toEqual([null])
  })
})
