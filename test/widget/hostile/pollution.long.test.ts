import { describe, expect, it } from 'vitest'
import { stub, tag } from '../../support/site.ts'
import { useHostile } from './host.ts'

const t = useHostile()

/** What pages and their libraries do to what everybody shares. */
const pollutions = {
  'enumerable extras on every prototype': () => {
    for (const { prototype } of [Object, Array, String, Function, Element, Event, Promise] as { prototype: object }[]) {
      Object.assign(prototype, { extend: () => 'polluted', polluted: 'yes' })
    }
  },
  'toJSON on arrays and strings, as an old library has it': () => {
    const toJSON = () => '"old"'
    Object.assign(Array.prototype, { toJSON })
    Object.assign(String.prototype, { toJSON })
  },
  'setters and getters for common names on objects': () => {
    const { prototype } = Object
    for (const name of ['key', 'endpoint', 'message', 'kind', 'id', 'name', 'state', 'receipt', 'body', 'status']) {
      Object.defineProperty(prototype, name, {
        configurable: true,
        get: () => undefined,
        set() {
          throw new Error(`set ${name}`)
        },
      })
    }
  },
  'an addEventListener that wraps, as error trackers do': () => {
    const add = Reflect.get(EventTarget.prototype, 'addEventListener') as (...args: unknown[]) => void
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const wrapped = (event: Event) =>
        typeof listener === 'function' ? listener.call(this, event) : listener?.handleEvent(event)
      Reflect.apply(add, this, [type, wrapped, options])
    }
  },
}

const fetches = {
  fails: () => {
    window.fetch = () => Promise.reject(new Error('patched'))
  },
  'answers everything itself': () => {
    window.fetch = () => Promise.resolve(Response.json({ ok: true }))
  },
  throws: () => {
    window.fetch = () => {
      throw new Error('patched')
    }
  },
}

/** What breaks everything that comes after it, the page's own scripts included. */
const breakages = {
  'array methods': () => {
    const { prototype } = Array
    for (const name of [
      'map',
      'filter',
      'forEach',
      'find',
      'some',
      'includes',
      'slice',
      'at',
      'join',
      'push',
    ] as const) {
      prototype[name] = () => {
        throw new Error(`broken ${name}`)
      }
    }
  },
  JSON: () => {
    JSON.parse = JSON.stringify = () => {
      throw new Error('broken JSON')
    }
  },
  addEventListener: () => {
    EventTarget.prototype.addEventListener = () => {
      throw new Error('broken addEventListener')
    }
  },
  Promise: () => {
    const Promise = function () {
      throw new Error('broken Promise')
    }
    Object.assign(window, { Promise })
  },
}

describe('a page that has changed what everybody shares', () => {
  for (const [name, pollute] of Object.entries(pollutions)) {
    it(`${name}, before the script and after it: what was said arrives whole`, async () => {
      await t.host(`${stub}<script>(${pollute.toString()})()</script>${tag(t.site)}`)
      await t.page.evaluate(pollute)
      await t.page.evaluate(() => {
        window.earshot?.tag({ plan: 'pro' })
        window.earshot?.context('cart', { items: [1, 2], note: 'two' })
        window.earshot?.crumb('clicked', { times: [3] })
      })
      await t.journey('Clean "words"')
      expect(t.site.submissions[0]).toMatchObject({
        kind: 'bug',
        message: 'Clean "words"',
        tags: { plan: 'pro' },
        context: { cart: { items: [1, 2], note: 'two' } },
        crumbs: [{ message: 'clicked', data: { times: [3] } }],
      })
      expect(JSON.stringify(t.site.submissions)).not.toContain('polluted')
    })
  }
  it('with a fetch that answers everything itself, after the script: it is sent past it', async () => {
    await t.host(tag(t.site))
    await t.page.evaluate(fetches['answers everything itself'])
    await t.journey('Past it')
    expect(t.site.submissions).toHaveLength(1)
  })

  it.each(Object.entries(fetches))(
    'with a fetch that %s, before it: the person is told, and the words are kept',
    async (_, pollute) => {
      await t.host(`<script>(${pollute.toString()})()</script>${tag(t.site)}`)
      await t.open()
      await t.say('Into the void')
      await t.page.getByText(/^Kept, /).waitFor()
      t.site.serve(tag(t.site))
      await t.page.reload()
      await expect.poll(() => t.site.submissions.map(({ message }) => message)).toEqual(['Into the void'])
    },
  )
})

/** The words, wherever they are once the person has been told: with the collector, in the outbox, in a field. */
async function wordsOnceTold(): Promise<string | undefined> {
  const widget = t.page.locator('earshot-widget')
  const told = widget.getByText(/K7M4XQ2P|^Kept, |Not sent|could not be loaded/)
  await told.waitFor()
  const text = await told.innerText()
  if (!/K7M4XQ2P|Kept/.test(text)) return widget.locator('.fault textarea, dialog textarea').inputValue()
  if (text.includes('Kept')) await t.page.reload()
  await expect.poll(() => t.site.submissions.length).toBe(1)
  return t.site.submissions[0]?.message
}

describe('a page that has broken what everybody needs', () => {
  for (const [name, breakIt] of Object.entries(breakages)) {
    it(`${name}, before the form is there: it is sent, or the person is told and the words are there`, async () => {
      await t.host(tag(t.site))
      // A draft of before the reload.
      await t.open()
      await t.write('Kept')
      await t.page.reload()
      await t.page.locator('.launcher').waitFor()
      await t.page.evaluate(breakIt)
      await t.page.locator('.launcher').click()
      await t.page.locator('earshot-widget').locator('.fault, dialog[open]').waitFor()
      if (await t.page.locator('dialog[open]').count()) {
        // Where what was kept cannot be read either, it is typed again.
        await t.write('Kept')
        await t.submit()
      }
      expect(await wordsOnceTold()).toBe('Kept')
    })

    it(`${name}, while somebody types: it is sent, or the person is told and the words are there`, async () => {
      await t.host(tag(t.site))
      await t.open()
      await t.write('Kept')
      await t.page.evaluate(breakIt)
      await t.submit()
      expect(await wordsOnceTold()).toBe('Kept')
    })
  }
})
