import { RotateCcw } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { WidgetConfig } from '../../../../sdk/wire/index.ts'
import { Button } from '../../controls/button.tsx'
import { scheme } from '../../controls/preferences.ts'
import { Choice } from '../field.tsx'
import type { WidgetDraft } from './check.ts'

/** What the widget's own preview gives: it is built from the code that pages run. */
interface PreviewModule {
  previewForm: (host: HTMLElement, config: Partial<WidgetConfig>, scheme: 'light' | 'dark') => () => void
}

const source = '/console/form-preview.js'
/** Long enough to type a word. */
const pauseMs = 250

/** The form as people will see it; it can be tried out, and sends nothing. */
export function Preview({ draft, attachments }: { draft: WidgetDraft; attachments: boolean }) {
  const host = useRef<HTMLDivElement>(null)
  const [round, setRound] = useState(0)
  const [colours, setColours] = useState(shownColours)
  const [isBroken, setBroken] = useState(false)
  const said = JSON.stringify({ ...draft, attachments })
  const [shown, setShown] = useState(said)
  useEffect(() => {
    const timer = setTimeout(() => setShown(said), pauseMs)
    return () => clearTimeout(timer)
  }, [said])
  useEffect(() => {
    let undo: (() => void) | null = null
    let isOver = false
    const show = async () => {
      try {
        const { previewForm } = (await import(source)) as PreviewModule
        setBroken(false)
        if (!isOver && host.current) undo = previewForm(host.current, JSON.parse(shown) as WidgetDraft, colours)
      } catch {
        // The file did not come: the settings can be changed without it.
        setBroken(true)
      }
    }
    void show()
    return () => {
      isOver = true
      undo?.()
    }
  }, [shown, colours, round])
  return (
    <aside class="widget-preview" aria-label="Preview">
      <div class="setup-preview-head">
        <h3>Preview</h3>
        <span class="spring" />
        {draft.theme.scheme === 'auto' && (
          <Choice
            label="Colours of the preview"
            bare
            value={colours}
            choices={[
              ['light', 'Light'],
              ['dark', 'Dark'],
            ]}
            onChoose={setColours}
          />
        )}
        <Button icon={RotateCcw} label="Restart the preview" onClick={() => setRound(round + 1)} />
      </div>
      {isBroken && (
        <p class="setup-note" role="status">
          The preview did not load. The settings can be changed and saved without it; restart it to try again.
        </p>
      )}
      <div class="widget-stage" ref={host} role="group" aria-label="Preview of the form" />
      <p class="setup-card-what">Try it: nothing is sent from here.</p>
    </aside>
  )
}

function shownColours(): 'light' | 'dark' {
  const { value } = scheme
  if (value !== 'system') return value
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
