import { createHash } from 'node:crypto'
import { ask } from './deployment.ts'
import { fault, type Finding, good, warning } from './finding.ts'

type Tag = Record<string, string | undefined>

/** Whether a browser would load and run the script that the tag names, and whether it is the newest. */
export async function checkScript(src: URL, page: URL, tag: Tag, own: string): Promise<Finding> {
  const answer = await ask(src, { redirect: 'follow', headers: { origin: page.origin } })
  const type = answer?.headers.get('content-type') ?? ''
  if (answer === null || !answer.ok || !/javascript/.test(type)) {
    const said = answer === null ? 'nobody answers' : `${answer.status}, ${type === '' ? 'no content type' : type}`
    return fault(
      'script file',
      `It cannot be loaded: ${said}.`,
      'Look at src: it is the collector’s address and /earshot.js.',
    )
  }
  const version = /earshot\.(\d+\.\d+\.\d+[\w.-]*)\.js/.exec(src.pathname)?.[1]
  const pinned = checkIntegrity(new Uint8Array(await answer.arrayBuffer()), src, page, tag, version)
  if (pinned !== null) return pinned
  return version !== undefined && version !== own
    ? warning(
        'script file',
        `The page names release ${version}, the newest here is ${own}.`,
        'Change src and integrity to the newer release, or name earshot.js, which follows the collector.',
      )
    : good('script file', 'It can be loaded.')
}

/** @see https://www.w3.org/TR/SRI/ : of several hashes those of the strongest kind count; what is none counts for nothing. */
function checkIntegrity(file: Uint8Array, src: URL, page: URL, tag: Tag, version?: string): Finding | null {
  const hashes = (tag['integrity'] ?? '').split(/\s+/).filter((one) => /^sha(256|384|512)-/.test(one))
  const kind = ['sha512', 'sha384', 'sha256'].find((one) => hashes.some((hash) => hash.startsWith(`${one}-`)))
  if (kind === undefined) return null
  if (src.origin !== page.origin && tag['crossorigin'] === undefined) {
    return fault(
      'script file',
      'The tag has integrity without crossorigin, so browsers refuse it.',
      'Add crossorigin="anonymous" to the tag.',
    )
  }
  const actual = `${kind}-${createHash(kind).update(file).digest('base64')}`
  const fits = hashes.some((hash) => hash.split('?')[0] === actual)
  if (version === undefined) {
    const state = fits ? warning : fault
    return state(
      'script file',
      `The tag pins earshot.js by integrity, and ${fits ? 'the next release changes it' : 'it has changed since: browsers refuse it'}.`,
      'Take integrity away, or name the release, earshot.VERSION.js, which stays as it is.',
    )
  }
  return fits
    ? null
    : fault('script file', 'It is not what integrity says, so browsers refuse it.', `It is integrity="${actual}".`)
}
