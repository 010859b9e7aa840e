import type { Screened, ScreenReason, Submission } from '../../sdk/wire/index.ts'
import { screenLinks, screenMarkup, takeLinks } from './screen-links.ts'
import { screenPitch } from './screen-pitch.ts'
import { countWords, screenGibberish, screenRepetition } from './screen-words.ts'

/** What is looked at of a submission. */
export type Screenable = Pick<Submission, 'message' | 'survey' | 'signals' | 'page'>

/** What is looked at, at most, in UTF-16 code units: spam says it at the beginning, and a log may be long. */
const charsMax = 5_000
/** Who has typed this much in so little time has not typed it. */
const haste = { chars: 40, ms: 1_500 }

/**
 * Says why a submission looks like a machine's, or null where it does not. Pure. Nothing is discarded: it is stored, shown
 * in its own tray with its reasons, and taken out again with one click. Points of 1 and more are spam; no single one of
 * these is enough: a link, a seller's words, links as HTML, haste. What each is worth, and how often it is wrong, is
 * measured by `npm run bench -- spam`.
 */
export function screen(submission: Screenable): Screened | null {
  const screened = score(submission)
  return screened.score >= 1 ? screened : null
}

/** The same with its score, whatever it is. */
export function score({ message, survey, signals, page }: Screenable): Screened {
  const text = [message, ...(survey?.answers ?? []).map(({ value }) => value)]
    .filter((part) => typeof part === 'string')
    .join('\n')
    .slice(0, charsMax)
  const reasons = [...screenTrap(signals), ...screenText(text, hostOf(page?.url)), ...screenHaste(text, signals)]
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
  return { score: Math.round(reasons.reduce((sum, { points }) => sum + points, 0) * 100) / 100, reasons }
}

function screenText(text: string, ownHost: string | null): ScreenReason[] {
  if (text.trim().length < 8) return []
  const { rest, hosts } = takeLinks(text, ownHost)
  return [
    ...(hosts.length === 0 ? [] : screenLinks(hosts, countWords(rest))),
    ...screenMarkup(text),
    ...screenPitch(rest),
    ...screenRepetition(text),
    ...screenGibberish(rest),
  ]
}

/** The field stands where neither people, autofill nor screen readers meet it. */
function screenTrap(signals: Submission['signals']): ScreenReason[] {
  return (signals?.trap ?? '').trim() === ''
    ? []
    : [{ code: 'trap', points: 1, detail: 'a field was filled in that people do not see' }]
}

function screenHaste(text: string, signals: Submission['signals']): ScreenReason[] {
  const ms = signals?.elapsedMs
  if (ms === undefined || ms < 0 || ms > haste.ms || text.length < haste.chars) return []
  return [{ code: 'haste', points: 0.4, detail: `${text.length} characters in ${(ms / 1_000).toFixed(1)} s` }]
}

const hostOf = (url: string | undefined): string | null =>
  url !== undefined && URL.canParse(url) ? new URL(url).hostname : null
