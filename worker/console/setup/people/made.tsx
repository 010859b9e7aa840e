import { type Signal, signal } from '@preact/signals'
import type { Key, Revocation } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { listMade } from '../../collector/members.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Time } from '../../controls/time.tsx'
import { plural } from '../../controls/total.ts'
import { Fault } from '../confirm.tsx'
import { Tick } from '../tick.tsx'

/** What of somebody's is to go with them, while a dialog asks. */
export interface Leaving {
  invitations: Signal<boolean>
  /** By the id of a key. */
  keys: Map<string, Signal<boolean>>
}

export const newLeaving = (): Leaving => ({ invitations: signal(true), keys: new Map() })

/** As the collector is told. */
export const revocationOf = ({ invitations, keys }: Leaving): Revocation => ({
  invitations: invitations.value ? 'revoke' : 'keep',
  revokeKeys: [...keys].flatMap(([id, on]) => (on.value ? [id] : [])),
})

interface Props {
  /** Whose. */
  id: string
  /** `you`, or a name. */
  who: string
  /** Unless told, the one on screen. */
  project?: string
  leaving: Leaving
}

/** What a member made and what goes on working without them: invitations go unless told otherwise, keys stay. */
export function Made({ id, who, project, leaving }: Props) {
  const { value, failure } = useAnswer((signal) => listMade(id, project, signal), [id])
  if (failure) {
    const { what, next } = explain(failure)
    return (
      <Fault>{`What ${who} made could not be looked up: keys of theirs would go on working. ${what} ${next}`}</Fault>
    )
  }
  if (value === null) return <p class="made quiet">Looking for what {who} made…</p>
  const { keys, invitations, webhooks } = value
  if (keys.length + invitations.length + webhooks.length === 0) return null
  const count = invitations.length
  const have = who === 'you' ? 'have' : 'has'
  return (
    <div class="made">
      {count > 0 && (
        <Tick
          on={leaving.invitations}
          label={`Revoke ${plural(count, 'invitation')} that ${who} made`}
          hint={`Whoever has ${count === 1 ? 'the link' : 'a link'} could join, and ${who} may have it.`}
        />
      )}
      {keys.length > 0 && (
        <fieldset>
          <legend>
            Keys that {who} {have} seen, and that go on working
          </legend>
          {keys.map((key) => (
            <Tick key={key.id} on={signalOf(leaving, key)} label={<KeyName of={key} />} hint={<KeyFacts of={key} />} />
          ))}
          <p class="quiet">
            Ticked ones are revoked: what uses them stops at once. To change one without a gap, replace it under Keys.
          </p>
        </fieldset>
      )}
      {webhooks.length > 0 && (
        <p>
          Webhooks that {who} {have} made or changed go on: <bdi>{webhooks.map(({ name }) => name).join(', ')}</bdi>.
          Look where they send to, under Webhooks.
        </p>
      )}
    </div>
  )
}

function signalOf({ keys }: Leaving, { id }: Key): Signal<boolean> {
  const on = keys.get(id) ?? signal(false)
  keys.set(id, on)
  return on
}

function KeyName({ of: { name, hint } }: { of: Key }) {
  return (
    <>
      <bdi>{name}</bdi> <code>{hint}…</code>
    </>
  )
}

function KeyFacts({ of: { type, lastUsedAt, scopes } }: { of: Key }) {
  const kind = type === 'identity' ? 'Identity secret' : `May ${scopes.join(', ')}`
  return (
    <>
      {kind};{' '}
      {lastUsedAt === null ? (
        'never used'
      ) : (
        <>
          last used <Time at={lastUsedAt} />
        </>
      )}
    </>
  )
}
