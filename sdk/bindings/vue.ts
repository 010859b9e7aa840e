import {
  computed,
  defineComponent,
  effectScope,
  onActivated,
  onBeforeUnmount,
  onDeactivated,
  onMounted,
  toValue,
  watch,
} from 'vue'
import type { ComputedRef, EffectScope, MaybeRefOrGetter, PropType } from 'vue'
import type { Settings, Widget } from 'earshot/widget'
import { createSpeaker, describe, textOf } from './follow.ts'
import { facade, mounted } from './mounted.ts'
import type { EarshotProps, Mounted } from './mounted.ts'

/**
 * The widget's whole API, mounted for as long as the component is. What is said before the widget is there waits, in
 * order; on a server nothing happens. The same settings give the same widget everywhere, so nothing is provided. Call it
 * in `setup`; settings may be a ref or a getter.
 *
 * @example
 * const earshot = useEarshot(settings)
 * earshot.tag('screen', 'checkout')
 */
export function useEarshot(settings: MaybeRefOrGetter<Settings>): Widget {
  const instance = useMounted(settings)
  return facade((name, args) => (instance.value.earshot as unknown as Calls)[name]!(...args))
}

/**
 * Mounts the widget and renders nothing. Person, tags and context follow their props; equal ones are not said again.
 *
 * @example
 * <Earshot :settings :person="user && { id: user.id, email: user.email }" :tags="{ plan: 'pro' }" />
 */
export const Earshot = defineComponent({
  name: 'Earshot',
  props: {
    settings: { type: Object as PropType<Settings>, required: true },
    person: Object as PropType<EarshotProps['person']>,
    tags: Object as PropType<EarshotProps['tags']>,
    context: Object as PropType<EarshotProps['context']>,
  },
  setup(props) {
    const speak = createSpeaker()
    useMounted(
      () => props.settings,
      (follow) => {
        follow(
          () => textOf(props.person),
          (mounted) => speak(mounted, props.person),
        )
        follow(
          () => textOf([props.tags, props.context]),
          ({ earshot }) => describe(earshot, props.tags, props.context),
        )
      },
    )
    return () => null
  },
})

type Calls = Record<string, (...args: unknown[]) => unknown>

/** Says something now and whenever its text changes; what `say` gives takes it back. */
type Follow = (text: () => string, say: (mounted: Mounted) => void | (() => void)) => void

/** Holds the widget, and follows what else there is, while the component is in the page and not kept aside. */
function useMounted(settings: MaybeRefOrGetter<Settings>, begin?: (follow: Follow) => void): ComputedRef<Mounted> {
  const instance = computed(() => mounted(toValue(settings)))
  const follow: Follow = (text, say) =>
    watch([instance, text], (_new, _old, onCleanup) => onCleanup(say(instance.value) ?? (() => {})), {
      immediate: true,
    })
  let scope: EffectScope | undefined
  const start = () => {
    // In a KeepAlive, what is mounted is activated too.
    if (scope) return
    scope = effectScope(true)
    scope.run(() => {
      follow(
        () => '',
        (mounted) => mounted.hold(),
      )
      begin?.(follow)
    })
  }
  const stop = () => {
    scope?.stop()
    scope = undefined
  }
  onMounted(start)
  onActivated(start)
  onDeactivated(stop)
  onBeforeUnmount(stop)
  return instance
}

export type { EarshotProps, Settings, Widget }
