const checkout = document.querySelector('#checkout')
const whenReady = (work) => (window.earshot?.open ? work() : document.addEventListener('earshot:ready', work))

document.querySelector('#buy').addEventListener('click', () => {
  checkout.showModal()
  whenReady(() => window.earshot.tag('screen', 'checkout'))
})
checkout.addEventListener('close', () => whenReady(() => window.earshot.untag('screen')))

document.querySelector('[name=coupon]').addEventListener('change', (event) => {
  document.querySelector('#coupon-state').textContent = 'This coupon has ended.'
  whenReady(() => window.earshot.crumb('coupon rejected', { code: event.target.value }))
})
