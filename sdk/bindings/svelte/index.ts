import { onMount } from 'svelte'
import type { Component } from 'svelte'
import type { Settings, Widget } from 'earshot/widget'
import { mounted } from '../mounted.ts'
import type { EarshotProps } from '../mounted.ts'
import Source from './Earshot.svelte'

/**
 * The widget's whole API, mounted for as long as the component is. What is said before the widget is there waits, in
 * order; on a server nothing happens. The same settings give the same widget everywhere, so no context is needed. Call
 * it while the component is made; settings are read once.
 *
 * @example
 * const earshot = useEarshot(settings)
 * earshot.tag('screen', 'checkout')
 */
export function useEarshot(settings: Settings): Widget {
  const { earshot, hold } = mounted(settings)
  onMount(hold)
  return earshot
}

/**
 * Mounts the widget and renders nothing. Person, tags and context follow their props; equal ones are not said again.
 *
 * @example
 * <Earshot {settings} person={user && { id: user.id, email: user.email }} tags={{ plan: 'pro' }} />
 */
export const Earshot: Component<EarshotProps> = Source

export type { EarshotProps, Settings, Widget }
