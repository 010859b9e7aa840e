import { random } from './sample.mjs'

/**
 * Form spam as it comes to public forms, made up by kind: patterns with parts that vary. Written from what such messages
 * look like, not from what the collector looks for; some of it has nothing that a machine could hold on to.
 */
const kinds = {
  'search ranking': [
    'Hello {site} team, I was looking at your site and noticed it is not on the first page for most keywords. We can rank it within {n} days. Reply for prices. {url}',
    'Hi there, we offer {adj} SEO services starting at ${n} a month. More than {n}000 backlinks included. {url}',
    'Do you want more visitors? Our {adj} traffic packages bring {n}000 real people to your pages. Details: {url}',
    'I would like to publish a guest post on {site}. Please tell me your price for a dofollow link. {mail}',
    'Your website has {n} errors that keep it from being found. Get a free audit: {url}',
  ],
  casino: [
    'Best online casino of the year! {n}% bonus on your first deposit, play now {url}',
    '{adj} slots and free spins every day, no deposit bonus for new players {url} {url}',
    'Онлайн казино {adj} бонус {n} рублей каждому игроку {url}',
    'Situs slot gacor terpercaya, daftar sekarang dan dapatkan bonus {n}% {url}',
  ],
  medicine: [
    'Buy {drug} online without a prescription, cheap prices, worldwide delivery {url}',
    '{drug} {drug} {drug} best price {url}',
    'Lose {n} pounds in a month with this {adj} keto trick doctors hate! {url}',
    'Order {drug} from a Canadian pharmacy, discount {n}% today only. {url} {url}',
  ],
  money: [
    'Earn ${n}00 a day from home, no experience needed. I started last month and it is {adj}. {url}',
    'Invest in bitcoin with us and double your money within {n} days, guaranteed profit. Telegram: @{word}{n}',
    'We offer business loans from {n}000 to {n}00000 dollars at 2%, no credit check. Contact {mail}',
    'Dear friend, I am the lawyer of a late client who left {n} million dollars. You are the next of kin. Write to {mail}',
    'Заработок в интернете от {n}000 рублей в день без вложений, подробности здесь {url}',
    '日赚{n}00元，兼职刷单，加微信 {word}{n}',
  ],
  adult: [
    'Hot girls in your area want to meet you tonight {url}',
    'Lonely women are waiting, free adult dating, sign up {url}',
    'Порно видео онлайн бесплатно {url}',
  ],
  goods: [
    'Cheap replica watches and designer handbags, up to {n}% off, free shipping {url}',
    'We write your essay in {n} hours, 100% original, money back guarantee. {url}',
    'Louis Vuitton outlet {url} cheap Ray Ban {url} Nike wholesale {url}',
    '代开发票 {n}% 优惠 加QQ {n}88{n}66',
  ],
  'forum links': [
    '[url={url}]{word} {word}[/url] [url={url}]{word}[/url]',
    '<a href="{url}">{word}</a> <a href="{url}">{word} {word}</a> <a href="{url}">{adj} {word}</a>',
    '{word} [url={url}]{word} here[/url]',
    '{url} {url} {url} {url} {url} {url}',
    '{word} {url} {word} {url} {word} {url} {word} {url} {word} {url}',
  ],
  'praise with a link': [
    'Nice post! Thank you for sharing this {adj} information. Visit my site: {url}',
    'Awesome blog, I have bookmarked it. Check out my website {url}',
    'Great article, I will be coming back for more. {url}',
    'Thanks for the good writeup. By the way, how could we communicate? {url}',
  ],
  agency: [
    'Hi, I am {name} from a web design company. I came across your website and have some ideas for a redesign. Can we talk this week? {mail} +1 {phone}',
    'We are a team of {n} app developers offering mobile app development services at ${n} an hour. {mail}',
    'My name is {name}, I make explainer videos. Here are some samples: {url} {url}. Would you be interested?',
    'We have a list of {n}00000 business e-mail addresses in your industry. Interested? {mail}',
    'Hello, is this the right person to talk to about your marketing budget for next year? Best, {name}',
  ],
  gibberish: [
    '{mixed} {mixed}',
    '{mixed}',
    '{mash} {mash} {mash}',
    '{mash} {mash}',
    '{mash} {mixed} {mash} {mash}',
    '{mixed} {url}',
  ],
  repetition: [
    '{phrase}. {phrase}. {phrase}. {phrase}. {phrase}. {phrase}. {phrase}. {phrase}. {phrase}.',
    '{phrase}\n{phrase}\n{phrase}\n{phrase}\n{phrase}\n{phrase}',
  ],
}

const parts = {
  adj: ['amazing', 'premium', 'exclusive', 'simple', 'proven', 'affordable', 'secret', 'fresh'],
  drug: ['Viagra', 'Cialis', 'Tadalafil', 'Levitra', 'Sildenafil', 'Kamagra'],
  name: ['Jason', 'Priya', 'Olga', 'Mike', 'Chen', 'Amelia'],
  word: ['garden', 'bonus', 'kredit', 'shoes', 'harbour', 'silver', 'forex', 'tablet', 'wedding', 'bestprice'],
  site: ['your', 'the shop', 'the support'],
  phrase: [
    'buy cheap followers now',
    'best price on shoes',
    'join our winning team today',
    'visit the new shop online',
  ],
}

/** Messages of spam with their kind, the same ones each time: `count` of each kind. */
export function sampleSpam(count) {
  const next = random(20_261_123)
  const one = (list) => list[Math.floor(next() * list.length)]
  const letters = (from, length) => Array.from({ length }, () => one([...from])).join('')
  const made = {
    n: () => String(1 + Math.floor(next() * 98)),
    url: () =>
      `http${next() < 0.7 ? 's' : ''}://${one(parts.word)}-${letters('abcdefghijklmnopqrstuvwxyz', 5)}.${one(['xyz', 'top', 'ru', 'com', 'shop'])}/${letters('abcdefghij0123456789', 6)}`,
    mail: () => `${one(parts.name).toLowerCase()}.${letters('abcdefgh', 4)}@${one(['gmail', 'outlook', 'mail'])}.com`,
    phone: () => `${letters('123456789', 3)} ${letters('123456789', 3)} ${letters('0123456789', 4)}`,
    mixed: () => letters('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 12 + Math.floor(next() * 8)),
    mash: () => (next() < 0.5 ? letters('asdfghjkl', 8) : letters('bcdfghjklmnpqrstvwxz', 7)),
  }
  const fill = (pattern) => {
    // Whoever repeats a phrase repeats the same one.
    const phrase = one(parts.phrase)
    const part = (name) => (name === 'phrase' ? phrase : made[name] ? made[name]() : one(parts[name]))
    return pattern.replace(/\{(\w+)\}/g, (_, name) => part(name))
  }
  return Object.entries(kinds).flatMap(([kind, patterns]) =>
    Array.from({ length: count }, (_, n) => ({ kind, text: fill(patterns[n % patterns.length]) })),
  )
}

/**
 * Written one by one after the weights were set, so what is found of these says more. One weight has changed since: an
 * address to answer now counts as much as a link.
 */
export const heldOut = [
  'Hi, my name is Lena and I run a small content studio. We place articles with links on 4,000 news sites. Rates attached: https://content-studio.example/rates',
  'Is your company listed in all business directories? Most are not! We do it for you in 48 hours, one payment. https://list-me.example',
  'Get 5000 Instagram followers for 9 dollars. Real accounts. https://followers.example',
  'Hello! Check your Google ranking for free, we send a report by e-mail. rank@report.example',
  'Jackpot tonight! Register with code WIN and get 200 free spins https://spin.example',
  'Bet on football with the best odds, welcome bonus 100 euros https://bet.example/?ref=221',
  'Ставки на спорт с бонусом 5000 рублей, регистрация за минуту https://stavki.example',
  '葡京赌场 送彩金 注册即送 https://pj.example',
  'Generic meds, no doctor needed: viagra 0.5 usd, cialis 0.9 usd https://meds.example',
  'Tired of belly fat? This gummy melts it while you sleep. Order: https://gummy.example',
  'My trader made me 14,000 dollars in a week, write to Mr Frank on WhatsApp +1 555 010 9999',
  'Need cash today? We provide urgent loans without documents. loans@quick.example',
  'You have been selected as beneficiary of 2.5 million dollars. Reply with your full name. lawyer@trust.example',
  'Crypto signals with 96% accuracy, join our Telegram @signalking',
  'Sexy singles near you, no sign-up fee https://meet.example',
  'Escort service in all big cities, discreet https://vip.example',
  'Copy watches, swiss movement, best quality, ship worldwide https://watch.example https://watch2.example',
  'Diplome und Führerschein kaufen ohne Prüfung, Kontakt per WhatsApp +49 151 0000000',
  'Kredit ohne Schufa bis 50.000 Euro, heute noch Auszahlung https://kredit.example',
  'Vendo seguidores para Instagram y TikTok, precios bajos, escribe al +34 600 000 000',
  'Crédit rapide sans justificatif, réponse en 5 minutes: credit@banque.example',
  '[url=https://a.example]cheap flights[/url] [url=https://b.example]hotel[/url]',
  '<a href="https://x.example">best vpn</a> <a href="https://y.example">free proxy</a> <a href="https://z.example">coupon</a>',
  'https://one.example https://two.example https://three.example https://four.example',
  'I really like what you guys are up to. Such clever work! Keep it up. https://my-blog.example',
  'Wonderful post, very informative. Visit my web page https://page.example',
  'Good day, we manufacture LED lamps and plastic parts in Shenzhen. Can I send you our catalogue? sales@factory.example',
  'We are an app development company from Pune with 12 years of experience. Can we schedule a call? biz@apps.example',
  'Would you like a logo for 19 dollars? Unlimited changes. https://logos.example',
  'Hey, I found several broken pages on your website. Want me to fix them? Mark, mark@fixer.example',
  'I can write your Wikipedia page. 100% approval guaranteed. https://wiki-page.example',
  'wLqNfTzRbKdV',
  'QpZkTnWbRx vLmKjHgFdS',
  'fghfgh jhgjhg dfgdfg',
  'hjklhjkl',
  'xcvbnm sdfghj qwertz',
  'cheap tickets here cheap tickets here cheap tickets here cheap tickets here cheap tickets here cheap tickets here cheap tickets here cheap tickets here',
  'Vote for us. Vote for us now. Vote for us now. Vote for us now. Vote for us now. Vote for us now. Vote for us now.',
  'Добрый день! Предлагаем продвижение сайта в топ Яндекса, оплата за результат. seo@top.example',
  'Купить диплом с занесением в реестр, недорого https://diplom.example',
]
