import { html } from 'hono/html'
import { openConsole, type Page } from './page.ts'
import { sharedWords } from './session.ts'

/** Behind a sign-in link. It signs in by a button, because mail scanners open links before people do. */
export const linkPage = (token: string): Page => ({
  title: 'Sign in to Earshot',
  body: html`<p>You are about to sign in on this device.</p>
    <form method="post" action="/console/sign-in">
      <input type="hidden" name="token" value="${token}" /><button>Sign in</button>
    </form>`,
})

/** Where nobody brings a link: by passkey, and what to do without one. */
export const passkeyPage = (next: string): Page => ({
  title: 'Sign in to Earshot',
  body: html`<p>Use the passkey that you added to your account.</p>
    ${passkeyButton(next)}`,
})

/** A link that is good no more; whoever opens it twice is signed in by then. */
export const spentPage = (isSignedIn: boolean): Page => ({
  title: 'This link does not work any more',
  body: isSignedIn
    ? html`<p>A sign-in link works once and for a day. You are signed in here already.</p>
        ${openConsole}`
    : html`<p>A sign-in link works once and for a day. Use your passkey, or get a new link.</p>
        ${passkeyButton('/console/inbox')}`,
  status: 403,
})

/** A page elsewhere sent the form. */
export const crossSitePage = (): Page => ({
  title: 'That did not come from here',
  body: html`<p>Another site tried to sign you in, and was refused. Your link still works: open it again.</p>`,
  status: 403,
})

/** Where Cloudflare Access says who it is. */
export const accessPage = (who: { email: string | null; isMember: boolean }): Page => ({
  title: who.isMember ? 'You are signed in' : 'You are not a member yet',
  body:
    who.email === null
      ? html`<p>
          People sign in here with Cloudflare Access, and it did not say who you are. Whoever runs this deployment must
          protect this address with it.
        </p>`
      : who.isMember
        ? html`<p>Cloudflare Access knows you as <strong>${who.email}</strong>.</p>
            ${openConsole}`
        : html`<p>
            Cloudflare Access knows you as <strong>${who.email}</strong>, and no member has that address. Ask an admin
            of the project for an invitation.
          </p>`,
  status: who.isMember ? 200 : 403,
})

/** Where the address that Cloudflare Access has proven is that of several members. */
export const sharedAddressPage = (email: string): Page => ({
  title: 'Several members have your address',
  body: html`<p>${sharedWords(email)}</p>`,
  status: 403,
})

const passkeyButton = (next: string) =>
  html`<button type="button" id="passkey" data-next="${next}" disabled>Sign in with a passkey</button>
    <p id="said" role="status"></p>
    <noscript><p class="aside">Passkeys need JavaScript. A sign-in link works without it.</p></noscript>
    <dl>
      <div>
        <dt>No passkey yet, or not at hand</dt>
        <dd>Ask an admin of the project for a sign-in link.</dd>
      </div>
      <div>
        <dt>From the command line</dt>
        <dd><code>npx earshot signin</code> prints a link.</dd>
      </div>
      <div>
        <dt>On your own machine</dt>
        <dd><code>npm start</code> prints one too.</dd>
      </div>
    </dl>
    <script type="module" src="/console/sign-in.js"></script>`
