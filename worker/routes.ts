import type { Hono } from 'hono'
import type { AppEnv } from './env.ts'

/**
 * The methods that some handler takes at a path. Guards and other middleware, which stand for all methods or many paths,
 * do not count; where a path is named outright, the patterns that would fit it too do not either.
 */
export function allowedMethods(app: Pick<Hono<AppEnv>, 'routes'>, path: string): string[] {
  const handlers = app.routes.filter((route) => route.method !== 'ALL' && !route.path.includes('*'))
  const named = handlers.filter((route) => route.path === path)
  const fitting = named.length > 0 ? named : handlers.filter((route) => fits(route.path, path))
  return [...new Set(fitting.map(({ method }) => method))].sort()
}

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}$`).test(path)
