/**
 * The product managers' console: reads and triages what came in. It speaks to the private API with the session's
 * cookie and to nothing else, shows what people wrote as text nodes only, and keeps its whole state in the address bar.
 */
import { effect } from '@preact/signals'
import { render } from 'preact'
import { listenForKeys } from './actions/keyboard.ts'
import { followAddress } from './address/address.ts'
import { onReturn, watchConnection } from './collector/connection.ts'
import { loadSession, project, session, sessionFailure } from './collector/session.ts'
import { keepFocus } from './controls/keep-focus.ts'
import { followScheme } from './controls/preferences.ts'
import { App } from './frame/app.tsx'
import { startCounts } from './inbox/counts.ts'
import { startInbox } from './inbox/inbox.ts'
import { followSelection } from './inbox/select-all.ts'
import { unsaved } from './setup/unsaved.ts'
import { hasDrafts } from './surveys/drafts.ts'
import { items } from './triage/workspace.ts'
import { startViews } from './views/saved.ts'
import { startVisit } from './views/visit.ts'

watchConnection()
followAddress()
followScheme()
listenForKeys()
keepFocus()
followSelection()

const root = document.querySelector('#root')
if (root) render(<App />, root)

// A change that is not answered yet, or not saved, would be lost without a word.
addEventListener('beforeunload', (event) => {
  if (items.isBusy() || hasDrafts.peek() || unsaved.peek()) event.preventDefault()
})

void loadSession()
onReturn(() => {
  if (sessionFailure.peek()) void loadSession()
})
// The list does not wait for the project's settings, and both are asked for once.
once(() => session.value !== null, startInbox)
once(() => session.value !== null, startViews)
once(() => session.value !== null, startVisit)
once(() => project.value !== null, startCounts)

function once(condition: () => boolean, start: () => void): void {
  const stop = effect(() => {
    if (!condition()) return
    queueMicrotask(() => {
      stop()
      start()
    })
  })
}
