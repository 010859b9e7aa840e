import { describe, expect, it } from 'vitest'
import { fillDevice } from '../../worker/intake/device.ts'

describe('the device', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      undefined,
      'Chrome 142',
      'Windows',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0',
      undefined,
      'Edge 142',
      'Windows',
      'desktop',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      undefined,
      'Firefox 145',
      'Linux',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      undefined,
      'Safari 18',
      'macOS',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'tablet',
      'Safari 18',
      'iOS',
      'tablet',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      undefined,
      'Safari 18',
      'iOS',
      'phone',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1',
      undefined,
      'Chrome 142',
      'iOS',
      'phone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      undefined,
      'Chrome 142',
      'Android',
      'phone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel Tablet) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      undefined,
      'Chrome 142',
      'Android',
      'tablet',
    ],
  ])('of %s, which says %s', (userAgent, said, browser, os, form) => {
    expect(fillDevice({ userAgent, form: said })).toEqual({ browser, os, form, userAgent })
  })

  it('is left as it is where the sender names the browser', () => {
    const device = { browser: 'Kiosk 3', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0' }
    expect(fillDevice(device)).toEqual(device)
  })

  it('is not guessed where there is nothing to read', () => {
    expect(fillDevice({ userAgent: 'curl/8.5' })).toEqual({ userAgent: 'curl/8.5', form: 'desktop' })
  })
})
