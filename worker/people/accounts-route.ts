import type { AccountRecord } from '../../sdk/wire/index.ts'
import { jsonBody } from '../access/body.ts'
import { limits } from '../../sdk/wire/limits.ts'
import { requireScope } from '../access/guard.ts'
import { refuse } from '../access/refuse.ts'
import { makeRoom } from '../access/room.ts'
import { failed } from '../failure.ts'
import { serverLimits } from '../limits.ts'
import { factsOf, saidByTeam } from '../storage/facts.ts'
import { findAccount, foreseeAccount, listSpeakers, updateAccount } from '../storage/people.ts'
import { behind } from './erase.ts'
import { accountPeopleRoute, accountRoute, updateAccountRoute } from './schema.ts'

/** Accounts, as signed tokens and the team know them. Reading needs `read`, changing needs `write`. */
export const accounts = makeRoom()

accounts.get('/v1/accounts/*', requireScope('read'))
accounts.put('/v1/accounts/*', requireScope('write'), jsonBody)

/** What the audit log keeps of an account. */
const knownOf = ({ name, plan, revenue, traits }: AccountRecord) => ({ name, plan, revenue, traits })

const unknown = failed('not-found', 'Nothing is known of this account here.').failure

accounts.openapi(accountRoute, async (c) => {
  if (!(await c.var.catchUp('people'))) return refuse(c, behind)
  const account = await findAccount(c.env.DB, c.var.actor.project, c.req.param('id'))
  return account === null ? refuse(c, unknown) : c.json(account, 200)
})

accounts.openapi(accountPeopleRoute, async (c) => {
  if (!(await c.var.catchUp('search'))) return refuse(c, behind)
  const most = { items: serverLimits.speakerItemsMax, people: limits.pageMax }
  const { speakers, looked } = await listSpeakers(c.env.DB, c.var.actor.project, c.req.param('id'), most)
  return c.json({ items: speakers, looked: { count: looked, exact: looked < most.items } }, 200)
})

accounts.openapi(updateAccountRoute, async (c) => {
  const id = c.req.param('id')
  if (id.length > 200) {
    const issues = [{ path: 'id', reason: 'longer than 200 characters' }]
    return refuse(c, failed('invalid', 'Not accepted: an account’s id has at most 200 characters.', { issues }).failure)
  }
  if (!(await c.var.catchUp('people'))) return refuse(c, behind)
  const { name, plan, revenue, traits } = c.req.valid('json')
  const { project } = c.var.actor
  const now = Date.now()
  const facts = factsOf({ name, plan, revenue }, traits, saidByTeam(now))
  const news = { project, id, facts, at: now, item: null }
  const { before, after } = await foreseeAccount(c.env.DB, news)
  const sides = { before: before && knownOf(before), after: knownOf(after) }
  const audit = c.var.writeDown({ action: 'account.update', target: { type: 'account', id }, ...sides })
  const account = await updateAccount(c.env.DB, news, audit)
  return account === null ? refuse(c, unknown) : c.json(account, 200)
})
