/** The page behind a sign-in link. It signs in by a button, because mail scanners open links before people do. */
export function signInPage(state: 'ready' | 'spent', token: string): string {
  const ready = state === 'ready'
  const title = ready ? 'Sign in to Earshot' : 'This link does not work any more'
  const text = ready
    ? 'You are about to sign in on this device.'
    : 'A sign-in link works once and for a day. Ask an admin for a new one, or run the command that printed it again.'
  const form = ready
    ? `<form method="post" action="/console/sign-in"><input type="hidden" name="token" value="${escapeHtml(token)}"><button>Sign in</button></form>`
    : ''
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/console/sign-in.css">
<main>
<h1>${title}</h1>
<p>${text}</p>
${form}
</main>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Beside the page, because the console's policy allows no inline styles. */
export const signInStyle = `:root{color-scheme:light dark;--text:oklch(25% .02 265);--soft:oklch(48% .02 265);--page:oklch(97.5% .005 265);--card:oklch(100% 0 0);--line:oklch(90% .01 265);--accent:oklch(51% .2 277);--on-accent:oklch(100% 0 0)}
@media (prefers-color-scheme:dark){:root{--text:oklch(94% .01 265);--soft:oklch(72% .02 265);--page:oklch(18% .015 265);--card:oklch(22% .017 265);--line:oklch(32% .02 265);--accent:oklch(68% .15 277);--on-accent:oklch(16% .03 277)}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--page);color:var(--text);font:14px/20px system-ui,sans-serif}
main{box-sizing:border-box;width:min(360px,100% - 32px);padding:32px;background:var(--card);border:1px solid var(--line);border-radius:10px}
h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600}
p{margin:0 0 24px;color:var(--soft)}
button{width:100%;height:40px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
button:hover{filter:brightness(1.08)}
button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`
