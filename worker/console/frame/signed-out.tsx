import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { Mark } from './mark.tsx'

/** What to do without a session. The address stays, and a passkey leads back to it. */
export function SignedOut() {
  const next = location.pathname + location.search
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = 'Signed out · Earshot'
    // Whoever hears the page is told at once: nothing of what had the focus is left.
    title.current?.focus()
  }, [])
  return (
    <main class="gate">
      <div class="gate-card">
        <Mark size={32} />
        <h1 ref={title} tabIndex={-1}>
          You are signed out
        </h1>
        <p>Use your passkey, or a sign-in link, which works once.</p>
        <a class="button primary gate-sign-in" href={`/console/sign-in?next=${encodeURIComponent(next)}`}>
          Sign in with a passkey
        </a>
        <dl class="gate-ways">
          <div>
            <dt>On your own machine</dt>
            <dd>
              <code>npm start</code> prints a link.
            </dd>
          </div>
          <div>
            <dt>From the command line</dt>
            <dd>
              <code>npx earshot signin</code> makes one too.
            </dd>
          </div>
          <div>
            <dt>Otherwise</dt>
            <dd>Ask an admin of the project for a link.</dd>
          </div>
        </dl>
        <Button look="outline" onClick={() => location.reload()}>
          I have opened the link
        </Button>
      </div>
    </main>
  )
}
