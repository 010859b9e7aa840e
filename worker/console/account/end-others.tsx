import { type Signal, signal } from '@preact/signals'
import type { MemberSession } from '../../../sdk/wire/index.ts'
import { endOtherSessions, listPasskeys } from '../collector/account.ts'
import { useAnswer } from '../collector/use-answer.ts'
import { notify } from '../controls/notices.ts'
import { plural } from '../controls/total.ts'
import { confirm } from '../setup/confirm.tsx'
import { Tick } from '../setup/tick.tsx'
import { round } from './round.ts'

/** Asks before every other browser is signed out, and whether passkeys go too: whoever was in may have added one. */
export function askToEndOthers(sessions: readonly MemberSession[]): void {
  const others = sessions.filter(({ current }) => !current).length
  const withPasskeys = signal(false)
  const isByPasskey = sessions.some(({ current, method }) => current && method === 'passkey')
  confirm({
    title: 'Sign out everywhere else',
    what: `${others === 0 ? 'No other browser is signed in.' : `${plural(others, 'session')} in other browsers ${others === 1 ? 'ends' : 'end'}.`} Sign-in links that wait stop working. You stay signed in here.`,
    choices: <Passkeys on={withPasskeys} isByPasskey={isByPasskey} />,
    button: 'Sign out everywhere else',
    failed: 'Nothing was signed out.',
    keep: 'Cancel',
    run: () => endOtherSessions(withPasskeys.value),
    onDone: () => {
      round.value += 1
      const more = withPasskeys.value ? ' Your other passkeys were removed.' : ''
      notify({ tone: 'plain', text: `You are signed in here only.${more}` })
    },
  })
}

function Passkeys({ on, isByPasskey }: { on: Signal<boolean>; isByPasskey: boolean }) {
  const { value } = useAnswer(listPasskeys, [])
  const items = value?.items ?? []
  if (items.length === 0 || (isByPasskey && items.length === 1)) return null
  const stays = isByPasskey ? 'The one that you signed in with here stays.' : 'Add a new one here afterwards.'
  return (
    <Tick
      on={on}
      label={isByPasskey ? 'Remove my other passkeys too' : 'Remove my passkeys too'}
      hint={
        <>
          You have: <bdi>{items.map(({ name }) => name).join(', ')}</bdi>. Whoever used a browser of yours may have
          added one, and would come back by it. {stays}
        </>
      }
    />
  )
}
