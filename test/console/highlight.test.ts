import { describe, expect, it } from 'vitest'
import { excerpt, highlight, searchTerms } from '../../worker/console/inbox/highlight.ts'

function found(text: string, query: string): string[] {
  return highlight(text, searchTerms(query))
    .filter((part) => part.found)
    .map((part) => part.text)
}

describe('marking what was searched for', () => {
  it.each([
    ['Long waiting times, we waited', 'wait', ['waiting', 'waited']],
    ['We wait', 'waiting', ['wait']],
    ["I can't log in; the LOG is empty", 'log in', ['log', 'in', 'LOG']],
    ['exports and reports', 'port', []],
    ['印刷プレビューが真っ白', 'プレビュー', ['プレビュー']],
    ['يمكن إصلاح ذلك', 'إصلاح', ['إصلاح']],
    ['Die Wartezeit ist lang', 'wartezeit', ['Wartezeit']],
    ['the total is 3.50 (net)', '(net)', ['(net)']],
    ['my e-mail and/or phone', 'e-mail and/or', ['e-mail', 'and/or']],
    ['slow search, fast export', 'search -export', ['search']],
    ['the waiting room', '"waiting room"', ['waiting room']],
  ])('finds in %o what %o means', (text, query, hits) => {
    expect(found(text, query)).toEqual(hits)
  })

  it('never changes the text', () => {
    const text = 'A [regular] (expression) .* + ? ^ $ { } | \\ of waiting'
    const parts = highlight(text, searchTerms('[ ( .* \\ wait { ^'))
    expect(parts.map((part) => part.text).join('')).toBe(text)
  })

  it('begins shortly before a hit that lies far in', () => {
    const text = `${'We came in the morning. '.repeat(10)}The waiting time was long.`
    expect(excerpt(text, ['waiting'])).toMatch(/^… .{0,40}The waiting time was long\.$/)
    expect(excerpt('The waiting time was long.', ['waiting'])).toBe('The waiting time was long.')
    expect(excerpt(text, ['nothing'])).toBe(text)
  })
})
