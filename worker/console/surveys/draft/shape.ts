import { type Issue, questionTypes } from '../../../../sdk/wire/index.ts'

type Fields = Record<string, unknown>
type Kind = (value: unknown, path: string) => Issue[]

const fault = (path: string, reason: string): Issue[] => [{ path, reason }]
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text: Kind = (value, path) => (typeof value === 'string' ? [] : fault(path, 'must be a text'))
const number: Kind = (value, path) => (typeof value === 'number' ? [] : fault(path, 'must be a number'))
const truth: Kind = (value, path) => (typeof value === 'boolean' ? [] : fault(path, 'must be true or false'))
const plain: Kind = (value, path) =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? []
    : fault(path, 'must be a text, a number, or true or false')

function list(of: Kind): Kind {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => of(one, `${path}[${index}]`))
      : fault(path, 'must be a list, in [ ]')
}

function named(of: Kind): Kind {
  return (value, path) =>
    isFields(value)
      ? Object.entries(value).flatMap(([name, one]) => of(one, `${path}.${name}`))
      : fault(path, 'must be in { }')
}

function fields(needed: Record<string, Kind>, optional: Record<string, Kind> = {}): Kind {
  return (value, path) => {
    if (!isFields(value)) return fault(path, 'must be in { }')
    const at = (name: string) => (path === '' ? name : `${path}.${name}`)
    return [
      ...Object.entries(needed).flatMap(([name, of]) =>
        value[name] === undefined ? fault(at(name), 'is missing') : of(value[name], at(name)),
      ),
      ...Object.entries(optional).flatMap(([name, of]) => (value[name] === undefined ? [] : of(value[name], at(name)))),
    ]
  }
}

const localText = named(text)
const questionType: Kind = (value, path) =>
  questionTypes.some((type) => type === value) ? [] : fault(path, `must be one of ${questionTypes.join(', ')}`)
const branch = fields(
  { when: fields({}, { is: list(plain), min: number, max: number, answered: truth }), go: text },
  {},
)
const question = fields(
  { id: text, type: questionType, text: localText },
  {
    hint: localText,
    low: localText,
    high: localText,
    required: truth,
    choices: list(fields({ id: text, text: localText })),
    next: list(branch),
  },
)
const targeting = fields(
  {},
  {
    paths: list(text),
    event: text,
    tags: named(list(plain)),
    percentage: number,
    delaySeconds: number,
    everyDays: (value, path) => (value === null ? [] : number(value, path)),
    quietDays: number,
  },
)
const survey = fields(
  { id: text, name: text, language: text, questions: list(question) },
  { thanks: localText, targeting },
)

/**
 * Where something that was read from JSON has not the form of a survey, so that no builder could show it. What a survey
 * says is not looked at, and fields that are not known are passed over.
 */
export function shapeFaults(value: unknown): Issue[] {
  return survey(value, '')
}
