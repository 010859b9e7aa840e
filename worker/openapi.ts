import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './env.ts'

/** The OpenAPI document of everything that is mounted, made from the schemas that validate. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'secretKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A secret key (`sec_…`) with the scope that the route needs, or the console’s own cookie.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-earshot_session',
    description: 'A signed-in member (over loopback http the cookie is `earshot_session`).',
  })
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Earshot',
      version: '1',
      description:
        'In-app feedback: what people said, whole. Refusals are RFC 9457 problem details with a stable `code`.',
    },
  })
  return admitNull(document) as object
}

/**
 * A named schema that may be null is written by the generator as `allOf: [the schema, {type: ['object', 'null']}]`, which
 * no null fits: the first of the two refuses it. It is said here as either of the two.
 */
function admitNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(admitNull)
  if (typeof value !== 'object' || value === null) return value
  const node = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, admitNull(inner)]))
  const parts = node['allOf'] as { type?: unknown }[] | undefined
  if (!Array.isArray(parts) || !parts.some(isNullable)) return node
  const { allOf: _, ...rest } = node
  const whole = parts.map((part) => (isNullable(part) ? withoutNull(part) : part))
  const telling = whole.filter((part) => Object.keys(part).some((name) => name !== 'type'))
  return { ...rest, anyOf: [telling.length === 1 ? telling[0] : { allOf: telling }, { type: 'null' }] }
}

const isNullable = ({ type }: { type?: unknown }): boolean => Array.isArray(type) && type.includes('null')

function withoutNull({ type, ...rest }: { type?: unknown }): object {
  const types = (type as string[]).filter((one) => one !== 'null')
  return { type: types.length === 1 ? types[0] : types, ...rest }
}
