import { describe, expect, it } from 'vitest'
import { isolate } from '../../worker/console/controls/isolate.ts'
import { quarters } from '../../worker/console/controls/total.ts'

const bare = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '')

describe('a sentence with a name in it', () => {
  it.each([
    ['Nightly export was revoked.', 'Nightly export was revoked.'],
    ['שלום was revoked.', '\u2068שלום\u2069 was revoked.'],
    ['Deleted the view “חשבונית v2”', 'Deleted the view “\u2068חשבונית\u2069 v2”'],
    ['“ابن” was merged into “שלום עולם”.', '“\u2068ابن\u2069” was merged into “\u2068שלום עולם\u2069”.'],
    ['釉薬 was added.', '釉薬 was added.'],
  ])('%s', (sentence, isolated) => {
    expect(isolate(sentence)).toBe(isolated)
    expect(bare(isolate(sentence))).toBe(sentence)
  })
})

describe('how far something is, for whoever hears it', () => {
  it('is said four times at most', () => {
    const said = Array.from({ length: 1_001 }, (_, done) => quarters('Importing', done, 1_000))
    expect(new Set(said).size).toBe(5)
    expect([said[0], said[249], said[250], said.at(-1)]).toEqual([
      'Importing',
      'Importing',
      expect.stringMatching(/25\s?%/),
      expect.stringMatching(/100\s?%/),
    ])
    expect(quarters('Exporting', 0, 0)).toBe('Exporting')
  })
})
