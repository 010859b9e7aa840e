import { html } from 'hono/html'
import type { Role, Session } from '../../sdk/wire/index.ts'
import { assigneeOf } from './member.ts'
import { openConsole, type Page } from './page.ts'

/** What an invitation says of itself. */
export interface Invited {
  token: string
  project: string
  role: Role
  invitedBy: string
  email: string | null
}

const roleNames: Record<Role, string> = {
  viewer: 'a viewer: you read and export feedback',
  editor: 'an editor: you read, triage and export feedback',
  admin: 'an admin: you read and triage feedback, and look after settings, keys and members',
}

/** Of an invitation that a key made nobody knows who sent it. */
const about = ({ invitedBy, project, role }: Invited) =>
  invitedBy.startsWith('sec_')
    ? html`<p>You are invited to <strong>${project}</strong> as ${roleNames[role]}.</p>`
    : html`<p><strong>${invitedBy}</strong> invites you to <strong>${project}</strong> as ${roleNames[role]}.</p>`

/** For whoever is signed in: the project is added to who they are. */
export const joinPage = (invited: Invited, member: Session['member']): Page => ({
  title: `Join ${invited.project}`,
  body: html`${about(invited)}
    <form method="post" action="/console/invitation">
      <input type="hidden" name="token" value="${invited.token}" /><input
        type="hidden"
        name="as"
        value="member"
      /><button>Join as ${assigneeOf(member)}</button>
    </form>
    <p class="aside"><a href="/console/invitation?token=${invited.token}&amp;as=new">Join as somebody else</a></p>`,
})

/** For whoever is not: they become a new member. Their e-mail address is what the invitation says, or what they say. */
export const newMemberPage = (
  invited: Invited,
  given: { name: string; email: string; fault?: string },
  settled: { email: string } | null,
): Page => {
  const email = settled?.email ?? invited.email
  const next = `/console/invitation?token=${invited.token}`
  return {
    title: `Join ${invited.project}`,
    body: html`${about(invited)}
      <form method="post" action="/console/invitation">
        <input type="hidden" name="token" value="${invited.token}" /><input type="hidden" name="as" value="new" />
        ${given.fault === undefined ? '' : html`<p class="fault" role="alert">${given.fault}</p>`}
        <label>Your name<input name="name" value="${given.name}" required maxlength="100" autocomplete="name" /></label>
        ${
          email === null
            ? html`<label
                >E-mail <span>(optional)</span
                ><input name="email" type="email" value="${given.email}" maxlength="254" autocomplete="email"
              /></label>`
            : html`<p>Your colleagues see you as <strong>${email}</strong>.</p>`
        }
        <button>Join ${invited.project}</button>
      </form>
      ${
        settled === null
          ? html`<p class="aside">
              A member of another project here?
              <a href="/console/sign-in?next=${encodeURIComponent(next)}">Sign in first</a>, and it becomes yours too.
            </p>`
          : ''
      }`,
    status: given.fault === undefined ? 200 : 422,
  }
}

/** Who works there already. */
export const joinedPage = (invited: Invited, project: string): Page => ({
  title: `You work in ${invited.project} already`,
  body: html`<p>The invitation is still good. If it is meant for somebody else, hand the link on.</p>
    <a class="button" href="/console/inbox?project=${project}">Open ${invited.project}</a>`,
})

/** An invitation that is good no more; whoever accepted it and opens it again is signed in. */
export const goneInvitationPage = (isSignedIn: boolean): Page => ({
  title: 'This invitation does not work any more',
  body: html`<p>It was accepted, taken back, or is too old. Ask whoever invited you for a new one.</p>
    ${
      isSignedIn
        ? openConsole
        : html`<p class="aside">Did you accept it yourself? <a href="/console/sign-in">Sign in</a>.</p>`
    }`,
  status: 403,
})
