import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { problemCodes } from '../../sdk/wire/index.ts'

/** A JSON schema of the document, as far as it is read here. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

type Content = Record<string, { schema: Schema }>

interface Described {
  operationId?: string
  tags?: string[]
  /** Empty where it is said that anybody may. */
  security?: object[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
  'x-earshot-scope'?: string
  'x-earshot-audit'?: string
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

/** One method at one path. */
export interface Operation extends Described {
  id: string
  method: string
  path: string
  scope: string | undefined
  action: string | undefined
  parameters: Parameter[]
}

/** The document that a collector serves, and what it says of its answers. */
export interface Contract {
  document: Document
  operations: Operation[]
  schemaOf: (ref: string) => Schema
  /** What is wrong with an answer by the document; null where nothing is. */
  judge: (operation: Operation, answer: Answered) => string | null
}

/** An answer that was read whole. */
export interface Answered {
  status: number
  headers: Headers
  body: string
}

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')

export async function readContract(origin: string): Promise<Contract> {
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as Document
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: 'document' })
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => ({
      ...described,
      id: described.operationId ?? `${method} ${path}`,
      method: method.toUpperCase(),
      path,
      scope: described['x-earshot-scope'],
      action: described['x-earshot-audit'],
      parameters: described.parameters ?? [],
    })),
  )
  const check = (pointer: string, value: unknown): string | null => {
    const validate = ajv.getSchema(`document#${pointer}`)
    if (validate === undefined) return `no schema at ${pointer}`
    return validate(value) === true ? null : ajv.errorsText(validate.errors)
  }
  return {
    document,
    operations,
    schemaOf: (ref) => document.components.schemas[ref.split('/').at(-1) ?? ''] ?? {},
    judge: (operation, answer) => judge(operation, answer, check),
  }
}

type Check = (pointer: string, value: unknown) => string | null

function judge(operation: Operation, { status, headers, body }: Answered, check: Check): string | null {
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  if (status >= 400) return judgeRefusal(status, type, body, headers, check)
  const response = operation.responses[status]
  if (response === undefined) return `${status} is not in the document`
  const content = Object.keys(response.content ?? {})
  if (content.length === 0) return body === '' ? null : 'a body where the document has none'
  if (!content.includes(type)) return `'${type}' is not in the document, which has ${content.join(', ')}`
  if (type !== 'application/json') return null
  const base = `/paths/${escaped(operation.path)}/${operation.method.toLowerCase()}/responses/${status}`
  return check(`${base}/content/application~1json/schema`, JSON.parse(body))
}

function judgeRefusal(status: number, type: string, body: string, headers: Headers, check: Check): string | null {
  if (type !== 'application/problem+json') return `${status} as '${type}' instead of a problem: ${body.slice(0, 200)}`
  const problem = JSON.parse(body) as { status: number; code: keyof typeof problemCodes }
  const wrong = check('/components/schemas/Problem', problem)
  if (wrong !== null) return `a problem that is none: ${wrong}`
  if (problem.status !== status) return `a problem of status ${problem.status} answered as ${status}`
  if (problemCodes[problem.code] !== status) return `code '${problem.code}' answered as ${status}`
  if (status >= 500 && problem.code !== 'unavailable') return `a fault: ${body}`
  if ((status === 503 || status === 429) && !headers.has('retry-after')) return `${status} without Retry-After`
  if (status === 405 && !headers.has('allow')) return '405 without Allow'
  return null
}
