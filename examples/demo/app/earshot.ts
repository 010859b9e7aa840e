import { readTheme } from './theme.ts'

/**
 * Everything Kilnyard tells Earshot. The script tag is `async`, so it may run before or after this module: calls made
 * before it arrives wait in a queue that it empties.
 */

type Call = [name: string, ...rest: unknown[]]
type Queue = ((...call: Call) => void) & { q?: Call[] }

/** Calls Earshot by name, now or as soon as it is there. */
export function earshot(...call: Call): void {
  const page = window as Window & { earshot?: Queue }
  page.earshot ??= waiting()
  page.earshot(...call)
}

function waiting(): Queue {
  const queue: Queue = (...call) => {
    ;(queue.q ??= []).push(call)
  }
  return queue
}

/** Says who is signed in and what the page is about. A real product takes this from its session. */
export function introduce(): void {
  earshot('setTheme', readTheme())
  earshot('identify', {
    id: 'usr_maren',
    name: 'Maren Okafor',
    email: 'maren@sliproom.example',
    traits: { role: 'manager' },
    account: { id: 'acc_sliproom', name: 'The Slip Room' },
  })
  earshot('tag', { plan: 'studio', area: location.pathname.split('/')[1] || 'today' })
  earshot('context', 'studio', { kilns: 3, firing: ['Bertha'], members: 46 })
}
