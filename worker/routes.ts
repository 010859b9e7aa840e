import type { Hono } from 'hono'
import type { AppEnv } from './env.ts'

/** The methods that some handler takes at a path; guards and other middleware, which stand for all methods, do not count. */
export function allowedMethods(app: Pick<Hono<AppEnv>, 'routes'>, path: string): string[] {
  const methods = new Set<string>()
  for (const route of app.routes) {
    if (route.method === 'ALL' || route.path.includes('*')) continue
    const pattern = new RegExp(`^${route.path.replace(/:[^/]+/g, '[^/]+')}$`)
    if (pattern.test(path)) methods.add(route.method)
  }
  return [...methods].sort()
}
