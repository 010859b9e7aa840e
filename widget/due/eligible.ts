import type { Primitive, SurveyDefinition, SurveyTargeting } from '../../sdk/wire/index.ts'
import type { SeenSurveys } from './seen.ts'

/** What decides besides the survey itself. Times are in ms on this device's clock. */
export interface Moment {
  now: number
  /** Without query and hash. */
  path: string
  /** When this page was entered, by a load or by a navigation within the app. */
  entered: number
  /** When each event was tracked last. */
  events: ReadonlyMap<string, number>
  seen: SeenSurveys
  /** This visitor's draw for a survey, from 0 up to 100. */
  draw: (survey: string) => number
}

const dayMs = 24 * 60 * 60 * 1000

/** When a survey is due, in ms: a time that has come, one that will come, or never, `Infinity`. Tags are not looked at. */
export function dueAt({ id, targeting = {} }: SurveyDefinition, moment: Moment): number {
  const { now, path, entered, events, seen, draw } = moment
  const { paths = [], event, percentage = 100, delaySeconds = 0, everyDays, quietDays = 14 } = targeting
  // A clock that was ten years ahead must not silence anybody for ten years.
  const daysSince = (at = -Infinity) => Math.abs(now - at) / dayMs
  const own = seen.get(id)?.at
  const since = event ? events.get(event) : entered
  const fits =
    since !== undefined &&
    (paths.length === 0 || paths.some((glob) => fitsPath(glob, path))) &&
    (own === undefined || (everyDays != null && daysSince(own) >= everyDays)) &&
    [...seen].every(([other, { at }]) => other === id || daysSince(at) >= quietDays) &&
    (percentage >= 100 || draw(id) < percentage)
  return fits ? since + delaySeconds * 1000 : Infinity
}

/** Whether every tag asked for has one of its values, compared as text. */
export function fitsTags(wanted: NonNullable<SurveyTargeting['tags']>, tags: Record<string, Primitive> = {}): boolean {
  return Object.entries(wanted).every(
    ([name, values]) => Object.hasOwn(tags, name) && values.map(String).includes(String(tags[name])),
  )
}

/** `*` stands for anything, slashes too; a slash at the end makes no difference. */
function fitsPath(...texts: [glob: string, path: string]): boolean {
  const [glob, path] = texts.map((text) => text.replace(/(.)\/$/, '$1')) as typeof texts
  const parts = glob.split('*')
  const last = parts.pop() as string
  // By hand: as an expression, three stars and a long address would hang the page.
  let at = 0
  const fits = parts.every((part, index) => {
    const found = path.indexOf(part, at)
    at = found + part.length
    return index > 0 ? found >= 0 : found === 0
  })
  return fits && (parts.length > 0 ? path.slice(at).endsWith(last) : path === last)
}
