import { Activity, StrictMode, createElement as h, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { Earshot, useEarshot } from 'earshot/react'
import { settings, start, state } from './state.js'

export function App() {
  const [now, set] = useState(state)
  useEffect(() => start((next) => flushSync(() => set(next))), [])
  return h(
    StrictMode,
    null,
    h('h1', null, 'React'),
    now.view && h(Activity, { mode: now.mode, key: now.view }, h(View, now)),
  )
}

function View({ view, person, step, cart }) {
  const earshot = useEarshot({ ...settings })
  useEffect(() => globalThis.onView(earshot), [earshot])
  // Made anew at each render, as people write it.
  const said = { person: person && { ...person }, tags: { view, step }, context: { cart: cart && { items: cart } } }
  const own = { ...settings, beforeSend: (said) => ({ ...said, release: `${said.release}+${cart}` }) }
  return h('p', null, `The view ${view}`, h(Earshot, { settings: own, ...said }))
}
