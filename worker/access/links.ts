import type { Feedback } from '../../sdk/wire/index.ts'
import type { AppContext } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { findSigning } from '../storage/signing.ts'
import type { StoredAttachment, StoredItem } from '../storage/row.ts'
import { signText } from './secrets.ts'

/** What the signature of a link stands for. */
export const linkText = (key: string, until: number): string => `file:${key}:${until}`

/** Makes stored items into what everybody outside reads. */
export type Viewer = (items: readonly StoredItem[]) => Promise<Feedback[]>

/**
 * Makes items of the asker's project readable outside: each stored image gets a signed link that is good for at least
 * `seconds`. Links of one half hour are the same, so that a browser's cache serves them again. An item without images
 * costs nothing.
 */
export function makeViewer(c: AppContext, seconds: number): Viewer {
  const step = serverLimits.linkStepSeconds
  const until = Math.ceil((Date.now() / 1000 + seconds) / step) * step
  const { origin } = new URL(c.req.url)
  let secret: Promise<string> | null = null
  const findSecret = async () => (await findSigning(c.env.DB, c.var.actor.project))?.secret ?? ''
  const link = async ({ file, ...attachment }: StoredAttachment) => {
    if (file === undefined) return attachment
    const signature = await signText(await (secret ??= findSecret()), linkText(file, until))
    return { ...attachment, url: `${origin}/files/${file}?until=${until}&sig=${signature}` }
  }
  return async (items) => {
    const viewed: Feedback[] = []
    for (const item of items) {
      const { attachments } = item
      viewed.push(attachments === undefined ? item : { ...item, attachments: await Promise.all(attachments.map(link)) })
    }
    return viewed
  }
}
