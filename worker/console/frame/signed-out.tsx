import { Button } from '../controls/button.tsx'
import { Mark } from './mark.tsx'

/** What to do without a session. The address stays, so that a new link leads back here. */
export function SignedOut() {
  return (
    <main class="gate">
      <div class="gate-card">
        <Mark size={32} />
        <h1>You are signed out</h1>
        <p>The console opens with a sign-in link that works once.</p>
        <dl class="gate-ways">
          <div>
            <dt>On your own machine</dt>
            <dd>
              <code>npm start</code> prints one.
            </dd>
          </div>
          <div>
            <dt>From the command line</dt>
            <dd>
              <code>npx earshot signin</code> makes one.
            </dd>
          </div>
          <div>
            <dt>Otherwise</dt>
            <dd>Ask an admin of the project for one.</dd>
          </div>
        </dl>
        <Button look="primary" onClick={() => location.reload()}>
          I have opened the link
        </Button>
      </div>
    </main>
  )
}
