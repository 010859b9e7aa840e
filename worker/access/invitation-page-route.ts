import { Hono } from 'hono'
import type { Session } from '../../sdk/wire/index.ts'
import type { AppContext, AppEnv, AuditNote } from '../env.ts'
import { serverLimits } from '../limits.ts'
import { acceptAsMember, acceptAsNew, findInvitation, type InvitationRecord } from '../storage/invitations.ts'
import { isMemberEmail } from '../storage/members.ts'
import type { SignedIn } from '../storage/sessions.ts'
import { readText } from './body.ts'
import { isSameOrigin } from './guard.ts'
import { goneInvitationPage, type Invited, joinedPage, joinPage, newMemberPage } from './invitation-page.ts'
import { waitForAttempt } from './limit-attempts.ts'
import { showPage, tooManyPage } from './page.ts'
import { hashSecret } from './secrets.ts'
import { beginSession, isBehindAccess, readAccess, readSession } from './session.ts'
import { accessPage, crossSitePage, sharedAddressPage } from './sign-in-page.ts'

/** The page behind an invitation, where it is accepted, once. */
export const invitationPage = new Hono<AppEnv>()

interface Opened {
  invitation: InvitationRecord
  invited: Invited
  now: number
}

/** An invitation by its token, where it may be accepted now. */
async function open(c: AppContext, token: string): Promise<Opened | null> {
  const now = Date.now()
  const invitation = await findInvitation(c.env.DB, await hashSecret(token), now)
  if (invitation === null) return null
  const { projectName, role, invitedBy, email } = invitation
  return { invitation, invited: { token, project: projectName, role, invitedBy, email }, now }
}

const showGone = async (c: AppContext): Promise<Response> =>
  showPage(c, goneInvitationPage((await readSession(c, Date.now())) !== null))

const worksIn = (signedIn: SignedIn | null, { project }: InvitationRecord): boolean =>
  signedIn?.projects.some(({ id }) => id === project) === true

invitationPage.get('/console/invitation', async (c) => {
  const wait = waitForAttempt(c)
  if (wait > 0) return showPage(c, tooManyPage(wait))
  const opened = await open(c, c.req.query('token') ?? '')
  if (opened === null) return showGone(c)
  const { invitation, invited, now } = opened
  const signedIn = await readSession(c, now)
  if (c.var.sharedAddress !== undefined) return showPage(c, sharedAddressPage(c.var.sharedAddress))
  if (worksIn(signedIn, invitation) && c.req.query('as') !== 'new') {
    return showPage(c, joinedPage(invited, invitation.project))
  }
  if (signedIn !== null && (c.req.query('as') !== 'new' || isBehindAccess(c))) {
    return showPage(c, joinPage(invited, signedIn.member))
  }
  const identity = await readAccess(c)
  if (isBehindAccess(c) && identity === null) return showPage(c, accessPage({ email: null, isMember: false }))
  return showPage(c, newMemberPage(invited, { name: '', email: '' }, identity))
})

invitationPage.post('/console/invitation', async (c) => {
  const wait = waitForAttempt(c)
  if (wait > 0) return showPage(c, tooManyPage(wait))
  if (!isSameOrigin(c)) return showPage(c, crossSitePage())
  const body = await readText(c, serverLimits.formMaxBytes)
  const form = new URLSearchParams(body.ok ? body.value : '')
  const opened = await open(c, form.get('token') ?? '')
  if (opened === null) return showGone(c)
  const signedIn = await readSession(c, opened.now)
  if (c.var.sharedAddress !== undefined) return showPage(c, sharedAddressPage(c.var.sharedAddress))
  return signedIn !== null && (form.get('as') === 'member' || isBehindAccess(c))
    ? joinAsMember(c, opened, signedIn)
    : joinAsNew(c, opened, form)
})

/** The project is added to whoever is signed in, and opened to the session and the passkey that they came with. */
async function joinAsMember(c: AppContext, { invitation, now }: Opened, signedIn: SignedIn): Promise<Response> {
  const acceptance = { hash: invitation.hash, member: signedIn.member.id, now }
  const audit = c.var.writeDown(noteOf(invitation, signedIn.member))
  const isJoined = await acceptAsMember(c.env.DB, acceptance, signedIn.record, audit)
  if (!isJoined) return showGone(c)
  return c.redirect(`/console/inbox?project=${invitation.project}`, 303)
}

/** What the audit log has of an acceptance with which no session begins. */
const noteOf = ({ id, project, role }: InvitationRecord, member: Session['member']): AuditNote => ({
  action: 'invitation.accept',
  target: { type: 'invitation', id },
  after: { role },
  actor: { type: 'member', id: member.id, name: member.name },
  projects: [project],
})

/** A new member. An e-mail address never makes somebody who was here before: nobody has proven that it is theirs. */
async function joinAsNew(
  c: AppContext,
  { invitation, invited, now }: Opened,
  form: URLSearchParams,
): Promise<Response> {
  const identity = await readAccess(c)
  if (isBehindAccess(c) && identity === null) return showPage(c, accessPage({ email: null, isMember: false }))
  const given = { name: (form.get('name') ?? '').trim().toWellFormed(), email: (form.get('email') ?? '').trim() }
  const email = identity?.email ?? invitation.email ?? (given.email === '' ? null : given.email)
  const again = (fault: string) => showPage(c, newMemberPage(invited, { ...given, fault }, identity))
  if (given.name === '' || given.name.length > 100) return again('Say your name, in a hundred characters at most.')
  const isAddress = (text: string) => text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
  if (email !== null && !isAddress(email)) return again('That is no e-mail address.')
  if (email !== null && (await isMemberEmail(c.env.DB, invitation.project, email))) {
    return again(`${email} works in this project already. Sign in as them, or take another address.`)
  }
  const member = { id: crypto.randomUUID(), name: given.name, email }
  const acceptance = { hash: invitation.hash, member, now }
  const isJoined = isBehindAccess(c)
    ? await acceptAsNew(c.env.DB, acceptance, null, c.var.writeDown(noteOf(invitation, member)))
    : await beginSession(c, 'invitation', now, (session) => acceptAsNew(c.env.DB, acceptance, session))
  // They became a member by another invitation just now: an address that was proven is one member's.
  const already = isJoined || !isBehindAccess(c) ? null : await readSession(c, now)
  if (already !== null) return joinAsMember(c, { invitation, invited, now }, already)
  return isJoined ? c.redirect('/console/inbox', 303) : showGone(c)
}
