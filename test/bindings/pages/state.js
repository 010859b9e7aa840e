/** A test may say more. */
export const settings = { key: '{{key}}', endpoint: '{{endpoint}}', release: '3.1.4', ...globalThis.settings }

/** What a server renders, and the browser first. */
export const state = { view: 'cart', person: { id: 'u_1', traits: { plan: 'pro' } }, step: 1, cart: 2 }

/** Hands the page's state to the test, once the page is alive. */
export function start(set) {
  globalThis.change = (part) => set(Object.assign(state, part) && { ...state })
}
