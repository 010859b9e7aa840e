import { mount } from 'earshot/widget'

const views = {
  '/': { title: 'Notes', html: 'Three notes, none of them urgent.' },
  '/settings': { title: 'Settings', html: 'Theme, language, export.' },
}

const { endpoint, key } = document.querySelector('script[data-endpoint]').dataset
// The widget is mounted once, beside the views, and outlives every one of them.
const earshot = mount({ endpoint, key, release: '2.3.0', label: 'Tell us' })
earshot.identify({ id: 'u_42', email: 'ada@example.com' })

function show() {
  const { title, html } = views[location.pathname] ?? views['/']
  document.title = title
  const heading = document.createElement('h1')
  heading.textContent = title
  document.querySelector('#view').replaceChildren(heading, html)
  earshot.tag('screen', title.toLowerCase())
  earshot.crumb(`opened ${title}`)
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="/"]')
  if (!link) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  show()
})
addEventListener('popstate', show)
// Whoever signs in next does not speak for this person, nor find their draft.
document.querySelector('#leave').addEventListener('click', () => void earshot.reset())
show()
