import type { Key } from '../../../../sdk/wire/index.ts'
import { followTo, placeHref, type Place } from '../../address/address.ts'
import { Time } from '../../controls/time.tsx'
import type { Way } from './snippets.ts'

const keysPlace: Place = { at: 'setup', section: 'keys' }

/** What to check when nothing arrives, the likeliest first. */
export function Help({ way, publishableKey, isOpen }: { way: Way; publishableKey: Key | null; isOpen: boolean }) {
  const isTag = way === 'script'
  return (
    <details class="setup-policy" open={isOpen}>
      <summary>Nothing arrives?</summary>
      <ul class="setup-checks">
        <li>
          <b>There is no button on the page.</b>{' '}
          {isTag
            ? 'Look at the page’s source: the tag must stand in it once, with the whole key. Load the page anew without its cache.'
            : 'Build and deploy the app anew, and look whether the code above runs in the browser, not only on a server.'}
        </li>
        <li>
          <b>The browser’s console says “Content Security Policy”.</b> The page’s policy lacks one of the lines above.
          Say so to whoever sets it.
        </li>
        <li>
          <b>The form says “Kept, not sent yet”.</b> A content blocker stops the request, or this address cannot be
          reached from there: <code>{location.origin}</code>. What was written is kept and goes out by itself.
        </li>
        <li>
          <b>It was sent, and is not here.</b> The key decides where it goes. {keyUse(publishableKey)} See{' '}
          <a href={placeHref(keysPlace)} onClick={(event) => followTo(event, keysPlace)}>
            all keys with their last use
          </a>
          .
        </li>
        <li>
          <b>None of these.</b> {isTag ? 'Put data-debug="true" into the tag' : 'Put debug: true into the settings'}:
          the browser’s console then says what is kept, sent and answered.
        </li>
      </ul>
    </details>
  )
}

function keyUse(key: Key | null) {
  if (key === null) return null
  if (key.lastUsedAt === null) return 'The one above was not used yet when this page was opened.'
  return (
    <>
      The one above was used <Time at={key.lastUsedAt} />.
    </>
  )
}
