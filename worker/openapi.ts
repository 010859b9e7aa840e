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
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Earshot',
      version: '1',
      description:
        'In-app feedback: what people said, whole. Refusals are RFC 9457 problem details with a stable `code`.',
    },
  })
}
