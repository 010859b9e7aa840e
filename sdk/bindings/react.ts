'use client'
import { useEffect, useState } from 'react'
import type { Settings, Widget } from 'earshot/widget'
import { createSpeaker, describe, textOf } from './follow.ts'
import { mounted } from './mounted.ts'
import type { EarshotProps, Mounted } from './mounted.ts'

/**
 * The widget's whole API, mounted for as long as the component is. What is said before the widget is there waits, in
 * order; on a server nothing happens. The same settings give the same widget everywhere, so no provider is needed.
 *
 * @example
 * const earshot = useEarshot(settings)
 * return <button onClick={() => void earshot.open({ kind: 'bug' })}>Report a bug</button>
 */
export function useEarshot(settings: Settings): Widget {
  return useMounted(settings).earshot
}

/**
 * Mounts the widget and renders nothing. Person, tags and context follow their props; equal ones are not said again.
 *
 * @example
 * <Earshot settings={settings} person={user && { id: user.id, email: user.email }} tags={{ plan: 'pro' }} />
 */
export function Earshot({ settings, person, tags, context }: EarshotProps): null {
  const instance = useMounted(settings)
  const [speak] = useState(createSpeaker)
  useEffect(() => speak(instance, person), [instance, textOf(person)])
  useEffect(() => describe(instance.earshot, tags, context), [instance, textOf([tags, context])])
  return null
}

function useMounted(settings: Settings): Mounted {
  const instance = mounted(settings)
  useEffect(() => instance.hold(), [instance])
  return instance
}

export type { EarshotProps, Settings, Widget }
