import type { Client, Filters, Result, SignedIdentity } from '../../sdk/server/index.ts'
import type { CreatedKey, Feedback, Tombstone } from '../../sdk/wire/index.ts'

/** Never run: the type check reads it. What compiles is meant, and each line marked so must not. */
export async function uses(earshot: Client): Promise<void> {
  const all: Filters = {
    q: 'invoice',
    kind: ['bug', 'refund'],
    'tag.plan': ['pro', 5, true],
    'trait.role': 'admin',
    'not.status': 'done',
    'not.tag.plan': 'free',
    verified: true,
    from: new Date(),
    has: ['screenshot', 'email'],
    sort: 'oldest',
  }
  const page: Result<{ items: Feedback[] }> = await earshot.feedback.list({ ...all, limit: 10 })
  if (page.ok) page.value.items.map(({ message }) => message.trim())
  else if (page.problem.code === 'no-scope' || page.problem.code === 'unreachable') page.problem.detail.trim()
  for await (const change of earshot.changes({ cursor: 'c1' })) {
    const id: string = 'erased' in change ? (change satisfies Tombstone).id : (change satisfies Feedback).id
    void id
  }
  const made: Result<CreatedKey> = await earshot.keys.create({ type: 'secret', name: 'CI', scopes: ['export'] })
  void made
  await earshot.people.get({ email: 'ada@example.com' })

  // @ts-expect-error A filter that is misspelt.
  void earshot.feedback.list({ stauts: 'new' })
  // @ts-expect-error A filter may stand once only.
  void earshot.feedback.count({ q: ['a', 'b'] })
  // @ts-expect-error There is no such order.
  void earshot.export({ sort: 'best' })
  // @ts-expect-error What stands once cannot be excluded.
  void earshot.export({ 'not.q': 'a' })
  // @ts-expect-error A tag is flat.
  void earshot.export({ 'tag.plan': { name: 'pro' } })
  // @ts-expect-error An export takes no limit.
  void earshot.export({ limit: 5 })
  // @ts-expect-error A value is there only where it worked.
  void (await earshot.feedback.get('i')).value.message
  // @ts-expect-error There is no such code.
  if (!page.ok && page.problem.code === 'no-scoop') void page
  // @ts-expect-error A secret key needs scopes.
  void earshot.keys.create({ type: 'secret', name: 'CI' })
  // @ts-expect-error There is no such format.
  void earshot.exportStream({ format: 'xml' })
  // @ts-expect-error A patch has no message: what was said stays.
  void earshot.feedback.update('i', { message: 'other' })
  // @ts-expect-error A person is meant in one of three ways, or by a UUID.
  void earshot.people.get({ mail: 'ada@example.com' })
  // @ts-expect-error How long it is good is said in seconds from now.
  const identity: SignedIdentity = { sub: 'u', aud: 'p', exp: 5 }
  void identity
}
