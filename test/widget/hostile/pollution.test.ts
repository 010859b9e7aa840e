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
    const toJSON = function (this: unknown) {
      return `[${String(this)}]`
    }
    Object.assign(Array.prototype, { toJSON })
    Object.assign(String.prototype, { toJSON })
  },
  'setters and getters for common names on objects': () => {
    for (const name of ['message', 'kind', 'id', 'name', 'state', 'receipt', 'body', 'status']) {
      Object.defineProperty(Object.prototype, name, {
        configurable: true,
        get: () => undefined,
        set() {
          throw new Error(`set ${name}`)
        },
      })
    }
  },
  'a fetch of its own that fails': () => {
    window.fetch = () => Promise.reject(new Error('patched'))
  },
  'a fetch of its own that answers everything itself': () => {
    window.fetch = () => Promise.resolve(new Response('{}', { status: 200 }))
  },
  'an addEventListener that wraps, as error trackers do': () => {
    // eslint-disable-next-line
    const add = EventTarget.prototype.addEventListener
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const wrapped = function (this: unknown, event: Event) {
        return typeof listener === 'function' ? listener.call(this as EventTarget, event) : listener?.handleEvent(event)
      }
      add.call(this, type, wrapped, options)
    }
  },
}

describe('a page that has changed what everybody shares', () => {
  for (const [name, pollute] of Object.entries(pollutions)) {
    it.each(['before the script', 'after it'])(`${name}, %s: what was said arrives whole`, async (when) => {
      if (when === 'before the script') await t.host(`${stub}<script>(${pollute.toString()})()</script>${tag(t.site)}`)
      else {
        await t.host(tag(t.site))
        await t.page.evaluate(pollute)
      }
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
})
