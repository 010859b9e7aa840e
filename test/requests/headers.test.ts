import { describe, expect, inject, it } from 'vitest'
import { app } from '../../worker/app.ts'

const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

const directivesOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )

describe('a page of the console', () => {
  it.each(['/console/inbox', '/console/', '/console/setup/keys', '/console/sign-in', '/console/invitation?token=x'])(
    'is served under the whole of its policy: %s',
    async (path) => {
      const { headers } = await fetch(`${inject('origin')}${path}`, { headers: { accept: 'text/html' } })
      expect(headers.get('content-type')).toMatch(/^text\/html/)
      const { 'img-src': images, ...rest } = directivesOf(headers)
      expect(rest).toEqual(policy)
      expect(["'self'", "'self' blob:"]).toContain(images)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      })
    },
  )
})

describe('an answer of the API', () => {
  it('keeps browsers on https where it came by https, and says nothing of it over plain http', async () => {
    const over = async (origin: string) => (await app.request(`${origin}/v1/nothing`)).headers
    expect((await over('https://feedback.example')).get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    expect((await over('http://localhost')).has('strict-transport-security')).toBe(false)
  })

  it('that is a refusal is kept by nobody either', async () => {
    const { headers } = await app.request('https://feedback.example/v1/nothing')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
  })
})
