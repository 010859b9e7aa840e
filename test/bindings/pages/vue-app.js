import { KeepAlive, defineComponent, h, onMounted, ref } from 'vue'
import { Earshot, useEarshot } from 'earshot/vue'
import { settings, start, state } from './state.js'

const View = defineComponent({
  props: ['view', 'person', 'step', 'cart'],
  setup(props) {
    const earshot = useEarshot(() => ({ ...settings }))
    onMounted(() => globalThis.onView(earshot))
    return () => {
      const { view, person, step, cart } = props
      // Made anew at each render, as people write it.
      const said = { person: person && { ...person }, tags: { view, step }, context: { cart: cart && { items: cart } } }
      const own = { ...settings, beforeSend: (said) => ({ ...said, release: `${said.release}+${cart}` }) }
      return h('p', [`The view ${view}`, h(Earshot, { settings: own, ...said })])
    }
  },
})

export const App = defineComponent(() => {
  const now = ref(state)
  onMounted(() => start((next) => (now.value = next)))
  const view = () => now.value.view && h(View, { ...now.value, key: now.value.view })
  return () => [h('h1', 'Vue'), h(KeepAlive, null, { default: view })]
})
