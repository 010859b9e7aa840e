import { describe, expect, it } from 'vitest'
import { score, screen } from '../../worker/intake/screen.ts'

const isSpam = (message: string) => screen({ message }) !== null

describe('what people say is no spam', () => {
  it.each([
    ['a short word', 'ok'],
    ['one letter', 'k'],
    ['anger', 'NOOOOOOOOO please please please fix this!!!!!!!'],
    ['the same word over and over', 'slow slow slow slow slow slow slow slow'],
    ['one link in a bug report', 'The page https://app.example.com/cart shows no total since this morning.'],
    ['a link and nothing else', 'https://app.example.com/orders/7?tab=items'],
    [
      'links in a long report',
      `It fails here https://a.example/1 and here https://a.example/2. ${'We tried it in three browsers. '.repeat(3)}`,
    ],
    ['an e-mail address to answer', 'Please write to ada@example.com when the export works again'],
    ['a telephone number', 'Call me at +49 30 1234567 about the invoice'],
    ['loans, of a bank', 'I cannot repay my personal loan early, the button does nothing'],
    ['slots, of a casino', 'Free spins on the slot machines do not load in your online casino'],
    ['weight, of a health app', 'The weight loss chart shows pounds instead of kilos'],
    ['money', 'You promised my money back and I still wait for it'],
    ['praise', 'Thank you for the great app, I love it'],
    ['consonants', 'Schreibt „Rechtsschutzversicherungsgesellschaften“ bitte anders'],
    ['Czech', 'Strč prst skrz krk, čtvrthrst zmrzl'],
    ['Polish', 'Przycisk wyszukiwania przestał działać wczoraj'],
    ['Welsh', 'Mae llwyth o wybodaeth ar goll o’r tudalen hwn'],
    ['Vietnamese', 'Ứng dụng không mở được sau khi cập nhật'],
    ['Turkish', 'Güncellemeden sonra ödeme sayfası açılmıyor'],
    ['Russian', 'После обновления не открывается страница оплаты'],
    ['Greek', 'Η εφαρμογή δεν ανοίγει μετά την ενημέρωση'],
    ['Arabic', 'التطبيق لا يفتح بعد التحديث الأخير'],
    ['Hebrew', 'האפליקציה לא נפתחת אחרי העדכון'],
    ['Hindi', 'अपडेट के बाद ऐप नहीं खुलता है'],
    ['Thai', 'แอปเปิดไม่ได้หลังจากอัปเดต'],
    ['Chinese', '更新之后应用打不开了，请尽快修复'],
    ['Japanese', '更新後にアプリが開かなくなりました'],
    ['Korean', '업데이트 후 앱이 열리지 않습니다'],
    ['emoji', '😡😡😡😡😡😡😡😡😡😡😡😡'],
    ['code', 'const totalPriceWithVat = getPriceOfCartItemsById(cartId) // returns NaN'],
    ['names of code', 'SaslRpcServer HTTPServerConnection getUserNameFromRequest camelCaseEverywhere'],
    ['a stack trace', `TypeError: x is undefined\n${'    at render (https://app.example/app.js:10:2)\n'.repeat(12)}`],
    ['a log', `It stops here:\n${'2026-11-23 10:00:00,123 INFO server.Main - connection lost\n'.repeat(10)}`],
    ['a file listing', 'npm ERR! code ELIFECYCLE npm ERR! errno 1 npm ERR! build: vite build npm ERR! Exit status 1'],
    ['an id', 'The order 7f3Kq9ZxLm2PvT8 never arrived'],
    ['initials', 'HTML, CSS, XML and PDF exports, please'],
  ])('%s', (_, message) => {
    expect(screen({ message })).toBeNull()
  })

  it('links to one’s own page count for nothing', () => {
    const message = 'https://app.example/a https://app.example/b https://app.example/c https://app.example/d'
    expect(screen({ message })).not.toBeNull()
    expect(screen({ message, page: { url: 'https://app.example/start' } })).toBeNull()
  })

  it('a score without words, and a text put in at once', () => {
    expect(screen({ signals: { elapsedMs: 200 } })).toBeNull()
    expect(
      screen({ message: 'Pasted from somewhere else, as people do now and then', signals: { elapsedMs: 300 } }),
    ).toBeNull()
  })
})

describe('what machines send is', () => {
  it.each([
    ['links for a forum', '[url=https://a.example]shoes[/url] [url=https://b.example]bags[/url]'],
    ['links alone', 'https://a.example https://b.example https://c.example https://d.example'],
    ['search ranking', 'We offer SEO services and backlinks for your page: https://rank.example'],
    ['pills', 'Buy viagra online without prescription https://pills.example'],
    ['gambling in Russian', 'Онлайн казино, бонус новым игрокам https://igra.example'],
    ['gambling in Chinese', '赌场 注册送彩金 https://du.example'],
    ['easy money', 'Make money online, no credit check. Telegram: @richnow2026'],
    ['praise with a link', 'Nice post! Visit my website https://blog.example'],
    ['letters by chance', 'wLqNfTzRbKdV mXvPqRtZwY'],
    ['a hand on the keys', 'sdfghjk dfghjkl qwertyui'],
    ['the same sentence', 'Buy new shoes today. '.repeat(8)],
  ])('%s', (_, message) => {
    const screened = screen({ message })
    expect(screened?.score).toBeGreaterThanOrEqual(1)
    for (const { detail, points } of screened?.reasons ?? []) {
      expect(detail).not.toBe('')
      expect(points).toBeGreaterThan(0)
    }
  })

  it('whatever fills in the field that nobody sees, or answers a survey so', () => {
    expect(screen({ message: 'Hello', signals: { trap: 'http://x' } })?.reasons[0]?.code).toBe('trap')
    expect(screen({ message: 'Hello', signals: { trap: '  ' } })).toBeNull()
    const value = 'Cheap replica watches, check out our store https://watch.example'
    expect(screen({ survey: { id: 's', version: 1, answers: [{ question: 'q', value }] } })).not.toBeNull()
  })

  it('never by one thing that people do too', () => {
    for (const message of ['See https://shop.example/x about it', 'Act now, limited time offer, click here']) {
      expect(score({ message }).reasons).toHaveLength(1)
      expect(isSpam(message)).toBe(false)
    }
  })

  it('told in time that does not explode with the text', () => {
    const long = [
      'a'.repeat(200_000),
      'ab '.repeat(80_000),
      'https://'.repeat(30_000),
      '['.repeat(200_000),
      '+1 '.repeat(60_000),
    ]
    for (const message of long) expect(score({ message }).score).toBeLessThan(5)
  })
})
