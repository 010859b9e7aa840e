import type { Dice } from './random.ts'
import type { Voice } from './voice.ts'

const kilns = ['Bertha', 'Little Ember', 'kiln 2', 'the big kiln', 'the front loader', 'Old Faithful', 'the test kiln']
const pieces = [
  'a teapot',
  'six mugs',
  'my moon jar',
  'two planters',
  'a set of plates',
  'the ramen bowls',
  'a very tall vase',
]
const glazes = ['celadon', 'tenmoku', 'shino', 'cobalt', 'chun', 'ash', 'copper red', 'satin white']
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Things that many people say in nearly the same words: a pattern and what fills it. */
const patterns: ((from: Dice) => Omit<Voice, 'text'> & { text: string })[] = [
  (from) => ({
    kind: 'bug',
    area: 'notices',
    mood: 0.25,
    labels: ['notices'],
    text: `No pickup notice for ${from.one(pieces)}. It was out of ${from.one(kilns)} on ${from.one(days)}.`,
  }),
  (from) => ({
    kind: 'bug',
    area: 'today',
    mood: 0.3,
    labels: ['kiln-link'],
    text: `${capital(from.one(kilns))} shows ${from.whole(18, 60)} degrees more than the pyrometer.`,
  }),
  (from) => ({
    kind: 'bug',
    area: 'pieces',
    mood: 0.35,
    text: `I moved ${from.one(pieces)} to shelf ${from.one(['A1', 'B2', 'C3', 'D1'])} and after a reload it is back where it was.`,
  }),
  (from) => ({
    kind: 'bug',
    area: 'booking',
    mood: 0.25,
    text: `Booked ${from.one(kilns)} for ${from.one(days)}, the confirmation says ${from.one(days)}.`,
    labels: ['booking-rules'],
  }),
  (from) => ({
    kind: 'bug',
    area: 'account',
    mood: 0.15,
    text: `${from.one(["Can't log in", 'cannot log in', "I can't log in any more", 'Login does not work'])} on ${from.one(['my phone', 'the studio tablet', 'the new laptop', 'Firefox'])}.`,
    labels: ['sign-in'],
  }),
  (from) => ({
    kind: 'idea',
    area: 'booking',
    mood: 0.6,
    labels: ['waiting-list'],
    text: `${capital(from.one(kilns))} is always full on ${from.one(days)}. ${from.one(['A waiting list would help.', 'Let me queue.', 'Tell me when a place becomes free.'])}`,
  }),
  (from) => ({
    kind: 'idea',
    area: 'pieces',
    mood: 0.6,
    labels: ['glaze-notes'],
    text: `I want to filter my pieces by glaze, ${from.one(glazes)} for instance.`,
  }),
  (from) => ({
    kind: 'praise',
    area: 'firings',
    mood: 0.9,
    text: `${from.one(['Perfect', 'Beautiful', 'Lovely', 'Very even'])} firing on ${from.one(days)}, ${from.one(pieces)} in ${from.one(glazes)} came out just as planned.`,
  }),
  (from) => ({
    kind: 'question',
    area: 'firings',
    mood: 0.5,
    text: `When will ${from.one(kilns)} do ${from.one(['a cone 10', 'another bisque', 'a lustre firing', 'a slow cool'])} again?`,
  }),
  (from) => ({
    kind: 'question',
    area: 'pieces',
    mood: 0.45,
    text: `Where is ${from.one(pieces)}? The page says shelf ${from.one(['B2', 'C1', 'E2', 'G4'])}, the shelf says no.`,
  }),
  (from) => ({
    kind: 'other',
    area: 'booking',
    mood: 0.85,
    scale: 'csat',
    text: from.one(['quick', 'easy', 'good', 'fine', 'ok', 'very easy', 'no problems', 'Worked first time.', '👍']),
  }),
  (from) => ({
    kind: 'other',
    area: 'today',
    mood: 0.8,
    scale: 'nps',
    text: from.one([
      'Great tool',
      'we like it',
      'does what it should',
      'good support',
      'solid',
      'still getting used to it',
    ]),
  }),
]

export function compose(from: Dice): Voice {
  return from.one(patterns)(from)
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
