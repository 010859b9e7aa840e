import { signal } from '@preact/signals'
import { CircleAlert } from 'lucide'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Place } from '../address/place.ts'
import { isOffline, onReturn, unheard } from '../collector/connection.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'
import { PlaceFrame } from './place.tsx'

/** A view that is a file of its own, loaded when somebody goes there. */
interface LazyView {
  title: string
  load: () => Promise<{ default: ComponentType }>
}

export const lazyViews = {
  numbers: { title: 'Numbers', load: () => import('../numbers/view.tsx') },
  surveys: { title: 'Surveys', load: () => import('../surveys/view.tsx') },
  people: { title: 'Person', load: () => import('../people/view.tsx') },
  accounts: { title: 'Account', load: () => import('../people/account-view.tsx') },
  setup: { title: 'Set up', load: () => import('../setup/view.tsx') },
  import: { title: 'Import', load: () => import('../import/view.tsx') },
  audit: { title: 'Audit log', load: () => import('../audit/view.tsx') },
  account: { title: 'Your account', load: () => import('../account/view.tsx') },
} as const satisfies Partial<Record<Place['at'], LazyView>>

export type LazyPlace = keyof typeof lazyViews

export const isLazy = (at: Place['at']): at is LazyPlace => at in lazyViews

/** What came, or that it did not. */
const views = signal<ReadonlyMap<LazyPlace, ComponentType | 'failed'>>(new Map())

async function load(at: LazyPlace): Promise<void> {
  const set = (view: ComponentType | 'failed') => {
    views.value = new Map(views.value).set(at, view)
  }
  try {
    set((await lazyViews[at].load()).default)
  } catch {
    // Offline, or a deployment replaced the files: said on the screen, with a way on.
    set('failed')
    unheard()
  }
}

/** Once more; a browser that remembers the failure, or a deployment with other files, takes a page loaded anew. */
async function loadAgain(at: LazyPlace): Promise<void> {
  await load(at)
  if (views.peek().get(at) === 'failed' && !isOffline.peek()) location.reload()
}

export function LazyPlaceView({ at }: { at: LazyPlace }) {
  const View = views.value.get(at)
  useEffect(() => {
    if (View === undefined) void load(at)
  }, [at, View])
  useEffect(() => (View === 'failed' ? onReturn(() => void load(at)) : undefined), [at, View])
  if (View === 'failed') {
    return (
      <PlaceFrame title={lazyViews[at].title}>
        <Blank
          icon={CircleAlert}
          title="This part of the console did not load"
          alert
          action={
            <Button look="primary" onClick={() => void loadAgain(at)}>
              Load again
            </Button>
          }
        >
          Check your connection and load the page again. What you saved is stored.
        </Blank>
      </PlaceFrame>
    )
  }
  if (View === undefined) return <section class="place" aria-busy="true" aria-label={lazyViews[at].title} />
  return <View />
}
