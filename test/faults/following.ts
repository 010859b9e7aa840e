import { expect } from 'vitest'
import type { FeedbackList, PersonView } from '../../sdk/wire/index.ts'
import type { RawSystem } from '../bench/raw/serve.mjs'
import { newId } from '../support/system.ts'
import { agrees, ask, interruptedBy, type Interruption, submit } from './collector.ts'

/** The consumers of a raw collector, which run when a test says so and not before. */
export interface Following {
  schedule: (interruption?: Interruption) => Promise<Response>
  /** Five items of somebody, which nobody follows yet: one is triaged, and one goes. Answers with the four that stay. */
  saySomething: (run: string) => Promise<string[]>
  list: (query: string) => Promise<FeedbackList>
  /** Everything of a run is counted once, found by filters and by words, and its person is known. */
  isFollowed: (run: string) => Promise<void>
}

/** What a request sends so that nobody follows its change at once: the poke behind its answer gets no lease. */
const unfollowed = interruptedBy({ call: 0, words: 'UPDATE consumer SET lease' })

export function following(raw: RawSystem): Following {
  const list: Following['list'] = async (query) =>
    (await (await raw.call(`/v1/feedback?${query}`)).json()) as FeedbackList
  return {
    list,
    schedule: (interruption) =>
      fetch(`${raw.origin}/bench/schedule`, { headers: interruption && interruptedBy(interruption) }),
    async saySomething(run) {
      const ids = Array.from({ length: 5 }, newId)
      for (const [n, id] of ids.entries()) {
        const person = { id: `u_${run}`, traits: { n } }
        await submit(raw, { id, message: `Number ${n}`, tags: { run }, person }, unfollowed)
      }
      await ask(raw, 'PATCH', `/v1/feedback/${ids[0]}`, { status: 'open', addLabels: ['seen'] }, unfollowed)
      await ask(raw, 'DELETE', `/v1/feedback/${ids[4]}`, undefined, unfollowed)
      return ids.slice(0, 4)
    },
    async isFollowed(run) {
      await agrees(raw)
      expect((await list(`tag.run=${run}`)).total.count).toBe(4)
      expect((await list(`q=number&tag.run=${run}`)).total.count).toBe(4)
      const { people } = (await (await raw.call(`/v1/people/external:u_${run}`)).json()) as PersonView
      expect(people).toMatchObject([{ traits: { n: 3 } }])
    },
  }
}
