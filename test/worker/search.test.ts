import { beforeAll, describe, expect, it } from 'vitest'
import { newId, startSystem, type System } from '../support/system.ts'

let system: System
const texts = {
  en: 'After the update the checkout froze while I was paying with my card.',
  de: 'Seit dem Update ist die Überweisung leider nicht mehr möglich, bitte helft mir.',
  ar: 'عند محاولة الدفع ظهرت رسالة خطأ في التطبيق ولم أستطع إكمال الطلب',
  ja: 'アップデートの後、支払い画面が真っ白になって注文できませんでした。',
  ko: '업데이트 이후 결제 화면이 하얗게 나와서 주문을 할 수 없었습니다.',
  zh: '更新之后支付页面一片空白,我无法完成订单,请尽快修复。',
  login1: "I can't log in since yesterday.",
  login2: 'Cannot login any more, the password is right',
  login3: 'The log is nice to have in my account, put more charts in',
  waiting1: 'The waiting time was two hours.',
  waiting2: 'Time flies when waiting for nothing, I time it every time',
  question: 'Why “so” slow? 100% CPU & <b>bold</b> tags; DROP TABLE item; --',
}
const ids = Object.fromEntries(Object.keys(texts).map((key) => [key, newId()]))
const keyOf = (id: string) => Object.keys(ids).find((key) => ids[key] === id)

beforeAll(async () => {
  system = await startSystem()
  for (const [key, message] of Object.entries(texts)) await system.submit({ id: ids[key]!, message })
})

const found = async (q: string, more = '') => {
  const list = await system.list(`?q=${encodeURIComponent(q)}${more}`)
  return list.items.map(({ id }) => keyOf(id))
}

describe('search', () => {
  it.each([
    ['English', 'froze', 'en'],
    ['English, by its stem', 'freeze card paid', 'en'],
    ['German, without the umlaut', 'uberweisung', 'de'],
    ['German, as written', 'Überweisung', 'de'],
    ['Arabic', 'رسالة', 'ar'],
    ['Arabic, without the article', 'تطبيق', 'ar'],
    ['Japanese', '支払い', 'ja'],
    ['Japanese, in the middle of a run', '画面', 'ja'],
    ['Korean', '결제', 'ko'],
    ['Chinese', '空白', 'zh'],
    ['Chinese, one character', '订', 'zh'],
    ['the reference', '', 'en'],
  ])('finds a word in the middle of a sentence: %s', async (_name, query, key) => {
    const reference = (await system.find(ids[key]!)).reference
    expect(await found(query === '' ? reference : query)).toContain(key)
  })

  it('puts who cannot log in first, with and without apostrophe, as one word or two', async () => {
    expect((await found("can't log in"))[0]).toBe('login1')
    expect((await found('can’t log in'))[0]).toBe('login1')
    expect(await found('cant login')).toEqual(expect.arrayContaining(['login1']))
    expect(await found('log in', '&sort=relevance')).toEqual(expect.arrayContaining(['login1', 'login2']))
  })

  it('puts the phrase before the scattered words', async () => {
    expect((await found('waiting time')).slice(0, 2)).toEqual(['waiting1', 'waiting2'])
    expect(await found('"waiting time"')).toEqual(['waiting1'])
  })

  it('leaves out what is excluded', async () => {
    expect(await found('waiting -flies')).toEqual(['waiting1'])
    const rest = await found('-waiting -time')
    expect(rest).toHaveLength(Object.keys(texts).length - 2)
    expect(rest).not.toContain('waiting1')
  })

  it('takes the last word as a prefix', async () => {
    expect(await found('check')).toEqual(['en'])
  })

  it('says so when it had to give up on having all words', async () => {
    const list = await system.list(`?q=${encodeURIComponent('checkout zebra')}`)
    expect(list.relaxed).toBe(true)
    expect(list.items.map(({ id }) => keyOf(id))).toEqual(['en'])
    expect((await system.list('?q=checkout')).relaxed).toBeUndefined()
  })

  it('counts and exports the same items as the list, when it had to give up on having all words too', async () => {
    const query = `q=${encodeURIComponent('checkout zebra')}`
    expect(await (await system.call(`/v1/feedback/count?${query}`)).json()).toEqual({ count: 1, exact: true })
    const response = await system.call(`/v1/export?format=json&${query}`)
    expect(response.headers.get('earshot-relaxed')).toBe('true')
    expect(((await response.json()) as { id: string }[]).map(({ id }) => keyOf(id))).toEqual(['en'])
  })

  it.each([
    '"',
    '-',
    '*',
    'AND',
    'NEAR(',
    '"unbalanced',
    "');--",
    '( OR )',
    ':',
    'scope:x',
    '\u0000',
    '👩‍👩‍👧',
    'a b c d e f g h i j k l m n o p',
  ])('takes %j as a query and fails on nothing', async (query) => {
    const response = await system.call(`/v1/feedback?q=${encodeURIComponent(query)}`)
    expect(response.status).toBe(200)
  })

  it('never finds what another project holds', async () => {
    const other = await startSystem('Other')
    expect((await other.list('?q=checkout')).items).toEqual([])
  })
})
