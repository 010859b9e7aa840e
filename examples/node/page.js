// The page's own module; the widget may be there already, or come later.
const whenReady = (work) => (window.earshot?.open ? work() : document.addEventListener('earshot:ready', work))

async function fetchToken() {
  const response = await fetch('/earshot-token')
  if (!response.ok) throw new Error(`No token: ${response.status}`)
  return response.text()
}

const id = document.body.dataset.user
// Asked for at each attempt to send, so that it is never too old.
if (id) whenReady(() => window.earshot.identify({ id, token: fetchToken }))
