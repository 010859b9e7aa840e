import { html, raw } from 'hono/html'
import type { AppContext } from '../env.ts'

/** A part of a page; what stands in `${}` of `html` is escaped. */
export type Markup = ReturnType<typeof html>

/** The console's own policy: nothing inline, nothing from elsewhere, no markup made by scripts. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The address holds a token, which is nobody else's business.
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

const mark = raw(
  '<svg class="mark" width="32" height="32" viewBox="0 0 20 20" aria-hidden="true"><rect width="20" height="20" rx="6"/><path d="M7 13.2V6.8"/><path d="M10.2 11.8a2.6 2.6 0 0 0 0-3.6"/><path d="M12.8 14a5.7 5.7 0 0 0 0-8"/></svg>',
)

/** Answers with a page of the console that needs no console: a title, and what to do. */
export async function showPage(c: AppContext, { title, body, status = 200, retryAfter }: Page): Promise<Response> {
  const page = await html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>${title.endsWith('Earshot') ? title : `${title} · Earshot`}</title>
      <link rel="icon" type="image/svg+xml" href="/console/icon.svg" />
      <link rel="stylesheet" href="/console/sign-in.css" />
      <main>
        ${mark}
        <h1>${title}</h1>
        ${body}
      </main>
    </html> `
  return c.body(page, status, {
    ...headers,
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
}

/** What a page says. */
export interface Page {
  title: string
  body: Markup
  status?: 200 | 403 | 422 | 429
  /** Seconds. */
  retryAfter?: number
}

/** For whoever is signed in already. */
export const openConsole = html`<a class="button" href="/console/inbox">Open the console</a>`

/** Who tried too often. */
export const tooManyPage = (seconds: number): Page => ({
  title: 'Too many attempts',
  body: html`<p>There were too many attempts to sign in from here. Try again in ${seconds} seconds.</p>`,
  status: 429,
  retryAfter: seconds,
})
