/** How each call is right, as it is said in the console. */
const uses: Record<string, string> = {
  identify:
    'identify({ id: string, email?, name?, traits?, account?, token?: string | () => string }); reset() forgets',
  tag: 'tag(name: string, value: string | number | boolean), or tag({ name: value, … })',
  untag: 'untag(name: string)',
  context: 'context(name: string, value: object), or null to remove it',
  crumb: 'crumb(message: string | Error, data?: object)',
  send: "send({ kind?: 'bug', message: string, … })",
  on: "on(event, function); events: 'ready', 'open', 'close', 'kind', 'beforesend', 'cancelled', 'sent', 'queued', 'dropped', 'reset', 'destroy', 'error'",
  consent: 'consent(true | false)',
  beforeSend: 'beforeSend((submission) => submission | null)',
  createEarshot: "{ key: 'pub_…', endpoint: 'https://…' }; until then nothing is kept or sent",
}

/** Says it in the console. Loaded when a call was used wrongly, so that pages which use them well do not carry it. */
export function explain(name: string, args: unknown[], why?: unknown): void {
  // The widget adds when it was said.
  const given = args
    .slice(0, 2)
    .map((value) => (value === null ? 'null' : typeof value))
    .join(', ')
  const secret = name === 'createEarshot' && readSecret(args[0])
  const words = [
    `earshot: ${name}(${given}) did nothing${why ? `: ${why as Error}` : ''}.`,
    secret && `The key ${secret}… is secret: take it out of the page and revoke it. Pages have a publishable one.`,
    uses[name] && `Use it so: ${uses[name]}.`,
  ]
  globalThis.console?.error(words.filter(Boolean).join(' '))
}

/** The kind of a secret key that was given in place of a publishable one. */
function readSecret(options: unknown): string | undefined {
  try {
    return /^(sec|idn)_/.exec((options as { key: string }).key)?.[0]
  } catch {
    // Options that cannot be read.
    return undefined
  }
}
