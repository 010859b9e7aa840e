import type { PasskeyOptions, Problem } from '../../../sdk/wire/index.ts'
import { hasPasskeys, usePasskey } from './credential.ts'

// The script of the sign-in page, which the worker writes. It stands alone: nobody is signed in yet who could load more.
const button = document.querySelector<HTMLButtonElement>('#passkey')
const said = document.querySelector<HTMLElement>('#said')

const say = (text: string) => {
  if (said) said.textContent = text
}

async function post<T>(path: string, body?: object): Promise<T | string> {
  const response = await fetch(path, {
    method: 'POST',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => null)
  if (response === null) return 'The collector could not be reached. Try again in a moment.'
  const answer: unknown = await response.json().catch(() => null)
  return response.ok ? (answer as T) : ((answer as Problem | null)?.detail ?? 'Something failed here. Try again.')
}

async function signIn(): Promise<void> {
  const options = await post<PasskeyOptions>('/v1/sign-in/options')
  if (typeof options === 'string') return say(options)
  const credential = await usePasskey(options.publicKey)
  if (credential === null) return say('No passkey was used, and nobody is signed in. Try again, or use a sign-in link.')
  const session = await post<object>('/v1/sign-in', { credential })
  if (typeof session === 'string') return say(session)
  location.assign(button?.dataset['next'] ?? '/console/inbox')
}

if (button && hasPasskeys()) {
  button.disabled = false
  button.addEventListener('click', () => {
    button.disabled = true
    say('')
    void signIn()
      .catch(() => say('This browser could not use a passkey here. Use a sign-in link.'))
      .finally(() => (button.disabled = false))
  })
} else if (button) {
  button.hidden = true
  say('This browser cannot use passkeys here. Sign in with a link instead.')
}
