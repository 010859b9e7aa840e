import { reaches } from '../../sdk/transport.ts'
import type { Collector } from '../../sdk/transport.ts'

/**
 * Watches one sending. Asked afterwards, it says whether something on this device stopped the request: the page's own
 * policy, which the browser reports, or a blocker, when another request does get through.
 */
export function watchBlocking(collector: Collector): () => Promise<boolean> {
  let forbidden = false
  const note = ({ blockedURI }: SecurityPolicyViolationEvent) =>
    (forbidden ||= blockedURI.startsWith(collector.endpoint))
  document.addEventListener('securitypolicyviolation', note)
  return async () => {
    const passes = await reaches(collector)
    document.removeEventListener('securitypolicyviolation', note)
    return passes || forbidden
  }
}
