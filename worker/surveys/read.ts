import type { Issue } from '../../sdk/wire/index.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { checkSurvey } from '../../sdk/wire/survey-check.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { type Fault, issuesOf } from '../access/reason.ts'
import type { Asked } from './schema.ts'

/** The part of a zod schema that is used here; zod itself stands only in schema files. */
interface Parser<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: Fault[] } }
}

/** Reads by a schema; a refusal names every place that is at fault, such as `questions[1].next[0].go`. */
export function parseAt<T>(schema: Parser<T>, raw: unknown): Outcome<T> {
  const parsed = schema.safeParse(raw)
  return parsed.success ? done(parsed.data) : refused(issuesOf(parsed.error.issues, placeOf))
}

/** Reads a survey as its team sends it, by its form and by what it says. */
export function readSurvey<T extends Asked>(schema: Parser<T>, raw: unknown): Outcome<T> {
  const parsed = parseAt(schema, raw)
  if (!parsed.ok) return parsed
  const bytes = new TextEncoder().encode(JSON.stringify(parsed.value)).length
  const issues = checkSurvey(parsed.value)
  if (bytes > limits.surveyMaxBytes) {
    issues.push({
      path: 'questions',
      reason: `the survey has ${bytes} bytes, at most ${limits.surveyMaxBytes} are taken`,
    })
  }
  return issues.length > 0 ? refused(issues) : parsed
}

/** @example placeOf(['questions', 1, 'next', 0, 'go']) // 'questions[1].next[0].go' */
function placeOf(path: readonly PropertyKey[]): string {
  let place = ''
  for (const part of path) place += typeof part === 'number' ? `[${part}]` : `${place === '' ? '' : '.'}${String(part)}`
  return place
}

function refused(issues: Issue[]): ReturnType<typeof failed> {
  const [first] = issues
  const more = issues.length > 1 ? ` There are ${issues.length} such places.` : ''
  return failed('invalid', `Not accepted: ${first?.path} ${first?.reason}.${more}`, { issues })
}
