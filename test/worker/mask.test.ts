import { describe, expect, it } from 'vitest'
import { maskOf } from '../../worker/team/mask.ts'
import { redact } from '../../worker/team/redaction.ts'
import type { ItemBody } from '../../worker/storage/row.ts'

const empty: ItemBody = { tags: {}, person: null, page: null, source: 'widget' }
const black = (body: Partial<ItemBody>, ...texts: string[]) =>
  redact({ message: '', body: { ...empty, ...body } }, { texts, attachments: [] })

describe('a mask', () => {
  it.each([
    [['ada'], 'Ada asked ADA and adah', '███ asked ███ and ███h'],
    [['Ada Love', 'lovelace'], 'I am Ada Lovelace', 'I am ████████████'],
    [['anana'], 'bananana', 'b███████'],
    [['a.c*'], 'abc a.c*', 'abc ████'],
    [['e-mail (mine)'], 'My e-mail (mine)', 'My █████████████'],
    [['line one\nline two'], 'line one\r\nline  two.', '███████████████████.'],
    [['Zoë'], 'Zoe\u0308 and ZOË', '████ and ███'],
    [['👩‍👧', 'x'], 'a 👩‍👧 x', 'a ███ █'],
    [['東京'], '私は東京都です', '私は██都です'],
    [['aba aba'], 'aba  aba\naba abab', '████████████████b'],
    [['straße', 'ſo'], 'STRAẞE so Straße', '██████ ██ ██████'],
    [['ılık'], 'ILIK ılık ilik', 'ILIK ████ ilik'],
    [['nothing'], 'stays', 'stays'],
    [[' '], 'a b', 'a b'],
  ])('of %j makes %j into %j', (texts, said, masked) => {
    expect(maskOf(texts)(said)).toBe(masked)
  })

  it('of a hundred long texts that begin anew within themselves takes no longer than they and the item are', () => {
    const texts = Array.from({ length: 100 }, (_, n) => `${'a '.repeat(900 + n)}b`)
    const said = 'a '.repeat(125_000)
    // Looked for from each place again, this takes minutes.
    expect(maskOf(texts)(said)).toBe(said)
    expect(maskOf([texts[0] ?? ''])(`${said}b`)).toBe(`${said.slice(1_800)}${'█'.repeat(1_801)}`)
  })

  it('leaves nothing of any text, in whatever case, among any others', () => {
    const words = ['Ada', 'da L', 'Lovelace', 'ace', 'byron']
    const said = words.join(' ').repeat(3) + words.join('').toUpperCase()
    const masked = maskOf(words)(said).toLowerCase()
    for (const word of words) expect(masked).not.toContain(word.toLowerCase())
  })
})

describe('blacking out', () => {
  it('reaches everything an item says, names and numbers inside of it too', () => {
    const { body, message, paths } = redact(
      {
        message: 'Ada said',
        body: {
          ...empty,
          email: 'ada@example.com',
          tags: { owner: 'Ada', phone: 5_550_123, beta: true },
          page: { url: 'https://example.com/u/ada', title: 'Ada’s rota', device: { userAgent: 'AdaBrowser' } },
          survey: {
            id: 'ada',
            version: 1,
            answers: [
              { question: 'ada', value: 'Ask Ada' },
              { question: 'q', value: ['ada', 'b'] },
            ],
          },
          context: { cart: { ada: { name: 'ADA', phone: '5550123' }, aDa: 1 } },
          crumbs: [{ at: 'now', message: 'clicked Ada', data: { id: 5_550_123 } }],
          teamNotes: [{ id: 'n', text: 'Called Ada', author: 'ada@work', createdAt: 'now' }],
          notes: [{ path: 'email', code: 'replaced', detail: 'Was Ada' }],
          release: 'ada-1',
          externalId: 'crm:ada',
          digest: 'd',
        },
      },
      { texts: ['ada', '5550123'], attachments: [] },
    )
    expect(message).toBe('███ said')
    expect(body).toMatchObject({
      email: '███@example.com',
      tags: { owner: '███', phone: '███████', beta: true },
      page: { url: 'https://example.com/u/███', title: '███’s rota', device: { userAgent: '███Browser' } },
      survey: {
        id: 'ada',
        version: 1,
        answers: [
          { question: 'ada', value: 'Ask ███' },
          { question: 'q', value: ['███', 'b'] },
        ],
      },
      context: { cart: { '███': { name: '███', phone: '███████' }, '████': 1 } },
      crumbs: [{ message: 'clicked ███', data: { id: '███████' } }],
      teamNotes: [{ text: 'Called ███', author: 'ada@work' }],
      release: '███-1',
      externalId: 'crm:███',
    })
    expect(body.digest).toBeUndefined()
    expect(body.notes?.[0]).toEqual({ path: 'email', code: 'replaced', detail: 'Was ███' })
    const noted = body.notes?.filter(({ code }) => code === 'redacted').map(({ path }) => path)
    expect(noted).toEqual(paths)
    expect(paths).toEqual(
      expect.arrayContaining(['message', 'email', 'tags.owner', 'page.url', 'context', 'crumbs', 'teamNotes']),
    )
  })

  it('takes away whole what can be no mask', () => {
    const person = {
      id: 'u_ada',
      uuid: 'x',
      name: 'Grace',
      email: 'ada@b.c',
      verified: true,
      account: { id: 'acme', revenue: 1200 },
    }
    expect(black({ person }, 'ADA').body.person).toEqual({
      name: 'Grace',
      email: '███@b.c',
      verified: false,
      account: { id: 'acme', revenue: 1200 },
    })
    expect(black({ person }, 'ada@b.c').body.person).toEqual({ ...person, email: undefined })
    expect(black({ person }, '1200').body.person?.account).toEqual({ id: 'acme' })
    expect(black({ person }, 'acme').body.person).not.toHaveProperty('account')
    expect(black({ person: { anonymousId: 'b_1', verified: false } }, 'b_1').body.person).toBeNull()
  })

  it('says the same of a place once, however often it is done', () => {
    const first = redact({ message: 'Ada and Bob', body: empty }, { texts: ['ada'], attachments: [] })
    const second = redact(first, { texts: ['bob'], attachments: [] })
    expect(second.message).toBe('███ and ███')
    expect(second.body.notes).toEqual([{ path: 'message', code: 'redacted', detail: 'Blacked out by the team.' }])
    expect(redact(second, { texts: ['ada'], attachments: [] }).paths).toEqual([])
  })
})
