/** All that this server says to Earshot. */
import { createEarshot } from 'earshot'
import { signIdentity } from 'earshot/server'

/**
 * @param {{ endpoint: string, key: string, project: string, identitySecret: string }} settings `key` may be seen by
 *   anybody; `identitySecret` (`idn_…`) never leaves this process
 */
export function createFeedback({ endpoint, key, project, identitySecret }) {
  const waiting = new Set()

  /** Proves to the collector who somebody is, for less than an hour. */
  const tokenFor = ({ id, name, email }) => signIdentity(identitySecret, { sub: id, aud: project, name, email })

  return {
    tokenFor,

    /** Sends for a person, or for nobody in particular. One client speaks for one person: requests overlap. */
    async send(user, feedback) {
      const earshot = createEarshot({ endpoint, key, release: '5.0.0' })
      if (user) earshot.identify({ id: user.id, token: () => tokenFor(user) })
      earshot.tag('from', 'support form')
      waiting.add(earshot)
      const end = () => {
        waiting.delete(earshot)
        earshot.destroy()
      }
      const sent = await earshot.send(feedback)
      // A queued one is tried again by itself, for as long as this process lives.
      if (sent.state === 'queued') for (const event of ['sent', 'dropped']) earshot.on(event, end)
      else end()
      return sent
    },

    /** The last try before the process ends. Answers with how many could not be delivered. */
    async flush() {
      const left = await Promise.all(
        [...waiting].map(async (earshot) => {
          const count = await earshot.flush()
          earshot.destroy()
          return count
        }),
      )
      return left.reduce((total, count) => total + count, 0)
    },
  }
}
