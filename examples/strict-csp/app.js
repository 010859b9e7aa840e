// The page's own module; the widget may be there already, or come later.
const whenReady = (work) => (window.earshot?.open ? work() : document.addEventListener('earshot:ready', work))

whenReady(() => {
  window.earshot.identify({ id: 'u_7', email: 'grace@example.com' })
  window.earshot.context('run', { month: '2026-11', people: 12 })
})
