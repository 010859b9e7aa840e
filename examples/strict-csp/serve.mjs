import { serveFolder } from '../server.mjs'

/** Nothing but the page's own files and the collector; no inline script, no inline style, Trusted Types enforced. */
export const policy = (endpoint) =>
  [
    "default-src 'none'",
    `script-src 'self' ${endpoint}`,
    `connect-src ${endpoint}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

export const serve = (options) =>
  serveFolder({
    ...options,
    folder: import.meta.dirname,
    headers: { 'content-security-policy': policy(options.endpoint) },
  })
