const answers = {
  stored: 'Thank you. It is stored, and we will write back.',
  queued: 'Thank you. It is kept here and delivered as soon as possible.',
  refused: 'That could not be taken. Please write to support@example.com.',
  empty: 'Please say in a few words what we can help with.',
}

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The one page. `state` is what came of the form that was sent last. */
export function renderPage({ user, state, endpoint, key }) {
  const answer = Object.hasOwn(answers, state) ? `<p role="status">${answers[state]}</p>` : ''
  const session = user
    ? '<button formaction="/sign-out">Sign out</button>'
    : '<button formaction="/sign-in">Sign in as Ada</button>'
  const email = user
    ? `<p class="quiet">We answer to ${escape(user.email)}.</p>`
    : '<p><label>Your e-mail, if you want an answer <input name="email" type="email" autocomplete="email" /></label></p>'
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Help desk</title>
    <link rel="stylesheet" href="/page.css" />
    <script async src="${endpoint}/earshot.js" data-key="${key}" data-release="5.0.0"></script>
    <script type="module" src="/page.js"></script>
  </head>
  <body data-user="${escape(user?.id ?? '')}">
    <form method="post"><nav><a href="/" aria-current="page">Help desk</a> ${session}</nav></form>
    <main>
      <h1>How can we help?</h1>
      <p class="quiet">${user ? `You are signed in as ${escape(user.name)}.` : 'You are not signed in.'}</p>
      <form class="card" method="post" action="/support">
        ${answer}
        <p><label>What is it about? <textarea name="message" rows="4"></textarea></label></p>
        ${email}
        <p><button class="first">Send</button></p>
      </form>
    </main>
  </body>
</html>
`
}
