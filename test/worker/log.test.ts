import { afterEach, describe, expect, it, vi } from 'vitest'
import { describeError, limitLines, log } from '../../worker/log.ts'

afterEach(() => vi.restoreAllMocks())

describe('a line of the log', () => {
  it('is one line of JSON, whatever is in it', () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
    log('poke failed', { error: 'first\nsecond', requestId: undefined })
    expect(lines.map((line) => [line.includes('\n'), JSON.parse(line)])).toEqual([
      [false, { event: 'poke failed', error: 'first\nsecond' }],
    ])
  })

  it('says where something failed, and not the words that it failed at', () => {
    const failing = () => JSON.parse('{"message": the secret "of" Ada }')
    let said = ''
    try {
      failing()
    } catch (error) {
      said = describeError(error)
    }
    expect(said).toMatch(/^SyntaxError: /)
    expect(said).toContain('log.test.ts')
    for (const word of ['secret', 'Ada', 'of"']) expect(said.split('\n')[0]).not.toContain(word)
    expect(describeError('a thrown text that somebody typed')).toBe('string')
  })

  it('is written so many times a minute, and the next one says how many were not', () => {
    const may = limitLines(2)
    expect([may(0), may(1), may(2), may(59_999)]).toEqual([{ left: 0 }, { left: 0 }, null, null])
    expect([may(60_000), may(60_001), may(60_002)]).toEqual([{ left: 2 }, { left: 0 }, null])
  })
})
