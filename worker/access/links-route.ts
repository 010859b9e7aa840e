import type { AppContext } from '../env.ts'
import { done, failed, type Outcome } from '../failure.ts'
import { findAdmin, findMember, findMemberIn, listMemberships } from '../storage/members.ts'
import { jsonBodyIfAny } from './body.ts'
import { requireScope } from './guard.ts'
import { type LinkTarget, makeLinkIn, makeSignInLink } from './make-key.ts'
import { refuse } from './refuse.ts'
import { makeRoom } from './room.ts'
import { signInLinkRoute } from './schema.ts'
import { isBehindAccess, nobody, readSession } from './session.ts'

/** Sign-in links: a member's own, and those that an admin or a key makes for others. */
export const signInLinks = makeRoom()

signInLinks.post('/v1/sign-in-links', requireScope(), jsonBodyIfAny)

interface Target extends LinkTarget {
  /** The hash of the session that asks; null where a key does. */
  session: string | null
}

signInLinks.openapi(signInLinkRoute, async (c) => {
  if (isBehindAccess(c)) {
    return refuse(c, failed('invalid', 'Here Cloudflare Access says who is signed in; links are not used.').failure)
  }
  const target = await findTarget(c, c.req.valid('json').member)
  if (!target.ok) return refuse(c, target.failure)
  const member = await findMember(c.env.DB, target.value.member)
  if (member === null) return refuse(c, noSuchMember.failure)
  const { session, ...opens } = target.value
  const [{ origin }, now] = [new URL(c.req.url), Date.now()]
  const { projects } = opens
  const audit = c.var.writeDown({
    action: 'sign-in-link.create',
    target: { type: 'member', id: member.id },
    // An admin of all of them makes one that leads to all of them.
    ...(projects !== null && { projects }),
  })
  const link =
    session === null
      ? await makeSignInLink(c.env.DB, origin, opens, now, audit)
      : await makeLinkIn(c.env.DB, origin, opens, { session, now }, audit)
  if (link === null) return refuse(c, nobody(c, 'You were signed out meanwhile.'))
  return c.json({ ...link, member }, 201, { 'cache-control': 'no-store' })
})

const noSuchMember = failed('not-found', 'There is no such member in this project.')

const leadsElsewhere = failed(
  'no-scope',
  'A link would lead into projects of theirs that you are no admin of. Ask them to use their passkey, or an admin of each of their projects for a link; whoever runs the deployment can make one too.',
)

async function findTarget(c: AppContext, wanted: string | undefined): Promise<Outcome<Target>> {
  const { actor } = c.var
  const session = actor.role === null ? null : await readSession(c, Date.now())
  const hash = session?.record?.hash ?? null
  if (session !== null && (wanted === undefined || wanted === session.member.id)) {
    // Theirs is what this session opens, and no more.
    return done({ member: session.member.id, projects: session.record?.projects ?? null, session: hash })
  }
  if (!actor.scopes.includes('admin')) {
    return failed('no-scope', 'A link for somebody else needs the scope ‘admin’, and a key needs it for any.')
  }
  const member = wanted ?? (await findAdmin(c.env.DB, actor.project, true))
  if (member === null) {
    return (await findAdmin(c.env.DB, actor.project, false)) === null
      ? failed('not-found', 'This project has no admin.')
      : leadsElsewhere
  }
  if ((await findMemberIn(c.env.DB, actor.project, member)) === null) return noSuchMember
  const isAdminOf = new Set(
    session === null
      ? [actor.project]
      : session.projects.filter(({ role }) => role === 'admin').map((project) => project.id),
  )
  const projects = await listMemberships(c.env.DB, member)
  return projects.every((project) => isAdminOf.has(project))
    ? done({ member, projects, session: hash })
    : leadsElsewhere
}
