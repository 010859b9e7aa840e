import { randomUUID } from 'node:crypto'

const functionWords =
  'the i to a and it is my of in for not on this that was when with but you have be can so after from at all just we they are me get or no if your will'.split(
    ' ',
  )
const productWords =
  'checkout login coupon phone app screen export button missing report slow dark mode update invoice date filter search results empty crash photo calendar sync broken love dashboard price password account email page error load time support team great please add feature wrong total card payment order work fix'.split(
    ' ',
  )
/** Common words first; beyond the real ones, made-up words, so that frequencies fall as in a real language. */
const vocabulary = [
  ...functionWords,
  ...productWords,
  ...Array.from({ length: 20_000 }, (_, i) => `w${i.toString(36)}`),
]
const harmonic = Math.log(vocabulary.length)

/** A word by Zipf's law: its frequency is inverse to its rank. */
const zipf = (at) => vocabulary[Math.min(vocabulary.length - 1, Math.floor(Math.exp(at * harmonic)) - 1)]

const kinds = ['bug', 'idea', 'praise', 'question', 'other']
const statuses = ['new', 'new', 'new', 'open', 'planned', 'done', 'declined']
const plans = ['free', 'pro', 'team', 'enterprise']

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A submission such as a widget sends. */
export function sampleSubmission() {
  const now = new Date().toISOString()
  return {
    id: randomUUID(),
    kind: 'bug',
    message: 'The total is wrong after I apply the coupon, it shows the old price until I reload the page.',
    person: { id: 'u_42', email: 'ada@example.com', traits: { role: 'owner' }, account: { id: 'acme' } },
    anonymousId: randomUUID(),
    tags: { plan: 'pro', screen: 'checkout' },
    context: { cart: { items: 3, total: 129.9 } },
    crumbs: [{ at: now, message: 'coupon rejected', type: 'manual' }],
    page: {
      url: 'https://app.example.com/checkout',
      title: 'Checkout',
      locale: 'en-GB',
      timeZone: 'Europe/Berlin',
      viewport: { width: 1440, height: 900, ratio: 2 },
      device: { browser: 'Chrome 156', os: 'macOS', form: 'desktop' },
    },
    release: '1.4.2',
    createdAt: now,
    sentAt: now,
    sdk: 'earshot-widget/0.1.0',
  }
}

/** A text, and to a third of them a second one, so that a million are not the same few. */
function messageFrom(texts, next) {
  const pick = () => texts[Math.floor(next() * texts.length)]
  return next() < 0.34 ? `${pick()} ${pick()}` : pick()
}

/** Scores as they come in: NPS most, some of the others, most items without. */
const scales = [
  [0.2, 'nps', 0, 10],
  [0.3, 'csat', 1, 5],
  [0.34, 'ces', 1, 7],
  [0.38, 'stars', 1, 5],
]

function ratingFrom(next) {
  const at = next()
  const [, scale, min, max] = scales.find(([below]) => at < below) ?? []
  // More people are content than not.
  return scale === undefined
    ? {}
    : { rating: { scale, value: min + Math.floor((1 - next() ** 2) * (max - min + 1) * 0.9999) } }
}

/**
 * The i-th of many varied items, as storage takes them, the same each time: two years, half of it by people who speak
 * more than once. The words are `texts`, or made up by Zipf's law: most common, one in 25,000 rare.
 */
export function sampleItem(i, { project, count, now, texts }) {
  const next = random(i + 1)
  const pick = (list) => list[Math.floor(next() * list.length)]
  const length = 4 + Math.floor(next() ** 2 * 40)
  const said = texts ? [messageFrom(texts, next)] : Array.from({ length }, () => zipf(next()))
  if (i % 25_000 === 7) said.push('zeppelin')
  if (i % 400 === 9) said.push('refund')
  // As time goes by: the newest come last, each within minutes of its place.
  const createdAt = Math.floor(now - (1 - i / count) * 730 * 86_400_000 - next() * 600_000)
  const person = Math.floor(next() ** 2 * 200_000)
  return {
    project,
    id: `0198c5a2-7d1e-7${(i % 4096).toString(16).padStart(3, '0')}-9b52-${i.toString(16).padStart(12, '0')}`,
    environment: next() < 0.9 ? 'production' : 'staging',
    kind: pick(kinds),
    status: pick(statuses),
    labels: next() < 0.2 ? [pick(['checkout', 'login', 'mobile', 'billing', 'speed'])] : [],
    assignee: null,
    spam: next() < 0.01,
    mergedInto: null,
    createdAt,
    receivedAt: createdAt + 500,
    updatedAt: createdAt + 500,
    message: said.join(' '),
    tags: { plan: pick(plans), screen: `s${Math.floor(next() * 40)}` },
    person: {
      id: `u${person}`,
      verified: next() < 0.5,
      traits: { role: pick(['owner', 'member']) },
      account: { id: `a${person % 5000}`, plan: plans[person % 4] },
    },
    page: { url: `https://app.example.com/p/${Math.floor(next() ** 2 * 300)}`, locale: pick(['en', 'de', 'fr', 'ja']) },
    source: 'widget',
    release: `1.${Math.floor(next() * 30)}.0`,
    ...ratingFrom(next),
  }
}
