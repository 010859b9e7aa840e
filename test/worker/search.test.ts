import { beforeAll, describe, expect, it } from 'vitest'
import { parseFilters } from '../../worker/filters/parse.ts'
import type { Database } from '../../worker/storage/database.ts'
import { listHolding } from '../../worker/storage/news.ts'
import { relaxSearch } from '../../worker/storage/search.ts'
import { openDatabase } from '../support/sqlite.ts'
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

/** A database, and what it is asked. */
function countStatements(db: Database) {
  const statements: { sql: string; bound: unknown[] }[] = []
  const prepare = (sql: string) => ({
    bind: (...bound: unknown[]) => {
      statements.push({ sql, bound })
      return db.prepare(sql).bind(...bound)
    },
  })
  return { db: { ...db, prepare }, statements }
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

  it('takes as many environments and words as an address holds, with whatever else', async () => {
    const environments = Array.from({ length: 300 }, (_, n) => `environment=e${n}`).join('&')
    const words = Array.from({ length: 1_000 }, (_, n) => `w${n}`).join('+')
    const dates = 'from=2026-01-01&to=2036-01-01'
    for (const path of [
      `/v1/feedback?q=froze&environment=production&${dates}&${environments}`,
      `/v1/feedback?spam=only&${environments}`,
      `/v1/feedback/count?q=froze&${dates}&${environments}`,
      `/v1/feedback/groups?by=kind&q=froze&${environments}`,
      `/v1/export?format=csv&q=froze&${dates}&${environments}`,
      `/v1/insight/scores?scale=nps&${environments}`,
      `/v1/insight/volume?dimension=kind&q=froze&${environments}`,
      `/v1/feedback?q=${words}`,
    ]) {
      const response = await system.call(path)
      expect([path.slice(0, 40), response.status, (await response.text()).includes('"fault"')]).toEqual([
        path.slice(0, 40),
        200,
        false,
      ])
    }
    expect(await found('froze', `&environment=production&${dates}&${environments}`)).toEqual(['en'])
  })

  it('asks the database once, and of fifty words at most, how rare they are, however many there are', async () => {
    const { db, statements } = countStatements(openDatabase().db)
    const q = Array.from({ length: 3_000 }, (_, n) => `w${n}`).join(' ')
    const selection = parseFilters(new URLSearchParams({ q }), 'shop', [])
    if (!selection.ok) throw new Error(selection.failure.detail)
    await relaxSearch(db, selection.value)
    const bound = statements.filter(({ sql }) => sql.includes('json_each')).map((one) => one.bound)
    expect(statements.length).toBeLessThan(4)
    expect(bound.map(([words]) => (JSON.parse(String(words)) as string[]).length)).toEqual([50])
  })
})

describe('webhooks that look for words', () => {
  it('ask the database once, however many they are, and each is told of its own', async () => {
    const { db: whole, sqlite } = openDatabase()
    const write = sqlite.prepare('INSERT INTO words (rowid, scope, said) VALUES (?, ?, ?)')
    for (let doc = 1; doc <= 40; doc++) write.run(doc, 'place', doc % 2 === 0 ? 'even thing' : 'odd thing')
    const { db, statements } = countStatements(whole)
    const asked = Array.from({ length: 1_200 }, (_, n) => ({
      match: `said : "${n % 2 === 0 ? 'even' : 'odd'}"`,
      docs: [1, 2, 3, (n % 40) + 1],
    }))
    const holding = await listHolding(db, asked)
    expect(statements).toHaveLength(1)
    expect(holding.map((docs) => [...docs].sort((a, b) => a - b))).toEqual(
      asked.map(({ docs }, n) => [...new Set(docs)].filter((doc) => doc % 2 === n % 2).sort((a, b) => a - b)),
    )
  })
})
