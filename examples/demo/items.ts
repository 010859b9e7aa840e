/**
 * What people said about Kilnyard in the last 60 days: the demo project's contents, made up.
 *
 * `npm start` sends it to `POST /v1/import` when it seeds the demo project. The same `now` and `count` give the same
 * items with the same ids, so seeding twice stores nothing twice.
 */
import type { Crumb, FeedbackPerson, ImportLine, Rating, RatingScale } from 'earshot/wire'
import { inAsia } from './seeds/asia.ts'
import { bugs } from './seeds/bugs.ts'
import { compose } from './seeds/composed.ts'
import { crumbsFor, contextFor } from './seeds/circumstances.ts'
import { devices } from './seeds/devices.ts'
import { inEurope } from './seeds/europe.ts'
import { ideas } from './seeds/ideas.ts'
import { kindWords } from './seeds/kind-words.ts'
import { questions, remarks, unsolicited } from './seeds/questions.ts'
import { dice, uuidAt, type Dice } from './seeds/random.ts'
import { releaseAt, spikeDaysAgo } from './seeds/releases.ts'
import { withScores } from './seeds/scores.ts'
import { blankLabels, languageOf, repaired } from './seeds/spike.ts'
import { studios, type Studio } from './seeds/studios.ts'
import { daysBetween, momentAfterRelease, momentBefore } from './seeds/times.ts'
import { triage } from './seeds/triage.ts'
import { paths, type Voice } from './seeds/voice.ts'

const seed = 0x6b696c6e
const days = 60
const minuteMs = 60_000
const defaultCount = 420

/** What somebody said just now, by its first words, and how many minutes ago: a fresh inbox begins with these. */
const lately: [words: string, minutesAgo: number][] = [
  ['The little pots', 4],
  ['Lost connection to the kiln controller', 19],
  ['Compare two firing curves', 47],
  ['Ich kann mich seit gestern', 96],
  ['Does “safe to open” mean', 170],
  ['Too many small bugs lately', 265],
  ['釉薬の配合', 410],
]

/**
 * @param now the moment the demo is seeded; nothing is later than that
 * @param count how many items; the written ones come first, the rest are scores without words and variations
 * @returns lines for `POST /v1/import`, the oldest first
 */
export function demoItems(now: Date, count: number = defaultCount): ImportLine[] {
  const from = dice(seed)
  const timed = voices(from, count).map((said) => ({ ...said, at: said.at(now) }))
  timed.sort((a, b) => a.at.getTime() - b.at.getTime())
  return timed.map(({ voice, at, spam }) => item(voice, at, now, spam, from))
}

interface Said {
  voice: Voice
  at: (now: Date) => Date
  spam: boolean
}

function voices(from: Dice, count: number): Said[] {
  const anyTime = (now: Date) => momentBefore(now, days, from)
  const inSpike = (now: Date) => momentAfterRelease(now, spikeDaysAgo, from)
  const afterRepair = (now: Date) => momentBefore(now, spikeDaysAgo.to - 1, from)
  const plain = (voice: Voice): Said => ({ voice, at: anyTime, spam: false })

  const written: Said[] = [
    ...blankLabels.map((text) => ({ voice: blankLabel(text), at: inSpike, spam: false })),
    ...repaired.map((voice) => ({ voice: { ...voice, kind: 'praise' as const }, at: afterRepair, spam: false })),
    ...[...inEurope, ...inAsia].map(plain),
    ...bugs.map((voice) => plain({ ...voice, kind: 'bug' })),
    ...ideas.map((voice) => plain({ ...voice, kind: 'idea' })),
    ...kindWords.map((voice) => plain({ ...voice, kind: 'praise' })),
    ...questions.map((voice) => plain({ ...voice, kind: 'question' })),
    ...[...remarks, ...withScores].map((voice) => plain({ ...voice, kind: 'other' })),
    ...unsolicited.map((text) => ({
      voice: { kind: 'other' as const, area: 'today' as const, mood: 0.5, text },
      at: anyTime,
      spam: true,
    })),
  ]
  for (const [words, minutesAgo] of lately) {
    const said = written.find(({ voice }) => voice.text.startsWith(words))
    if (said) said.at = (now) => new Date(now.getTime() - minutesAgo * minuteMs)
  }
  while (written.length < count) written.push(plain(from.chance(0.55) ? silentScore(from) : compose(from)))
  return written.slice(0, count)
}

function blankLabel(text: string): Voice {
  const language = languageOf(text)
  return {
    kind: 'bug',
    area: 'labels',
    mood: 0.15,
    text,
    labels: ['labels', 'printing'],
    ...(language && { language }),
  }
}

/** A score without a word, as most people leave it. */
function silentScore(from: Dice): Voice {
  const scale = from.weighted<RatingScale>({ nps: 5, csat: 4, stars: 2 })
  const mood = Number(from.weighted({ '0.95': 38, '0.8': 30, '0.6': 16, '0.4': 8, '0.15': 8 }))
  return { kind: 'other', area: scale === 'csat' ? 'booking' : 'today', mood, text: '', scale }
}

function item(voice: Voice, at: Date, now: Date, spam: boolean, from: Dice): ImportLine {
  const studio = studioFor(voice, from)
  const speaker = from.one(studio.people)
  const seen = deviceFor(voice, from)
  const age = daysBetween(at, now)
  const release = releaseAt(age)
  const person = spam ? null : personOf(speaker, studio, from)
  const crumbs: Crumb[] = voice.kind === 'bug' ? crumbsFor(voice, at, from) : []
  const context = voice.kind === 'bug' || from.chance(0.2) ? contextFor(voice, from) : undefined
  const rating = ratingFor(voice, from)
  const path = paths[voice.area]
  return {
    id: uuidAt(at, from),
    kind: voice.kind,
    message: voice.text,
    createdAt: at.toISOString(),
    source: from.chance(0.06) ? 'team' : 'widget',
    release,
    person,
    tags: { plan: studio.account.plan, area: voice.area, beta: from.chance(0.12) },
    page: {
      url: `https://app.kilnyard.example${path}`,
      title: 'Kilnyard',
      locale: studio.locale,
      timeZone: studio.timeZone,
      viewport: seen.viewport,
      device: seen.device,
    },
    sdk: 'earshot/0.1.0',
    ...triage(voice, age, from),
    ...(rating && { rating }),
    ...(person?.email && from.chance(0.4) && { email: person.email, mayContact: from.chance(0.8) }),
    ...(context && { context }),
    ...(crumbs.length > 0 && { crumbs }),
    ...(spam && { spam, status: 'new', labels: [] }),
  }
}

function studioFor(voice: Voice, from: Dice): Studio {
  const speaking = studios.filter((studio) => studio.language === voice.language)
  const id = from.weighted(Object.fromEntries(speaking.map((studio) => [studio.account.id, studio.weight])))
  return speaking.find((studio) => studio.account.id === id) ?? from.one(speaking)
}

function deviceFor(voice: Voice, from: Dice) {
  const fitting = Object.entries(devices).filter(([, { device }]) => !voice.form || device.form === voice.form)
  const key = from.weighted(Object.fromEntries(fitting.map(([name, { weight }]) => [name, weight])))
  return Object.fromEntries(fitting)[key] ?? from.one(Object.values(devices))
}

/** Two in three come with a signed identity; a few said nothing about who they are. */
function personOf(name: string, studio: Studio, from: Dice): FeedbackPerson | null {
  if (from.chance(0.08)) return null
  const index = studio.people.indexOf(name)
  const verified = from.chance(0.7)
  const { plan, revenue, ...account } = studio.account
  return {
    id: `usr_${studio.account.id.slice(4)}_${index + 1}`,
    name,
    email: `${mailbox(name, index)}@${studio.account.id.slice(4)}.example`,
    traits: { role: index === 0 ? 'manager' : index === 1 ? 'technician' : 'member', since: 2019 + (index % 6) },
    account: verified ? { ...account, plan, revenue } : account,
    verified,
  }
}

function mailbox(name: string, index: number): string {
  const latin = name
    .normalize('NFD')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/[^a-zA-Z ]/g, '')
    .trim()
    .toLowerCase()
    .split(/\s+/)
  return latin.join('.') || `member${index + 1}`
}

function ratingFor(voice: Voice, from: Dice): Rating | undefined {
  if (voice.scale) return score(voice.scale, voice.mood, from)
  if (voice.kind === 'praise' && from.chance(0.35)) return score('stars', voice.mood, from)
  if (voice.kind === 'bug' && from.chance(0.12)) return score('csat', voice.mood, from)
  return undefined
}

const bounds: Record<RatingScale, [min: number, max: number]> = {
  nps: [0, 10],
  csat: [1, 5],
  ces: [1, 7],
  stars: [1, 5],
  thumbs: [0, 1],
}

/** A score for somebody in this mood, with a little noise. */
function score(scale: RatingScale, mood: number, from: Dice): Rating {
  const [min, max] = bounds[scale]
  const felt = Math.min(1, Math.max(0, mood + (from.next() - 0.5) * 0.24))
  return { scale, value: Math.round(min + felt * (max - min)) }
}
