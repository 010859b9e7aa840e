import { Button } from '../../controls/button.tsx'
import { Card } from '../card.tsx'
import { Choice, Field } from '../field.tsx'
import type { WidgetDraft } from './check.ts'
import { edit, errorOf } from './draft.ts'

const standard = { accent: '#4b50d5', radius: 10 }

/** Colours and corners. */
export function ThemeSettings({ draft: { theme } }: { draft: WidgetDraft }) {
  const set = (patch: Partial<WidgetDraft['theme']>) => edit({ theme: { ...theme, ...patch } })
  return (
    <Card title="Look" what="What a page sets for itself wins over this.">
      <div class="setup-card-fields">
        <Choice
          label="Colours"
          value={theme.scheme}
          choices={[
            ['auto', 'As the visitor’s system'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChoose={(scheme) => set({ scheme })}
        />
        <Field
          label="Accent"
          error={errorOf('theme.accent')}
          hint="Any CSS colour. It is made darker where white letters on it would be hard to read."
        >
          {(ids) => (
            <div class="setup-accent">
              <input
                type="color"
                aria-label="Pick the accent"
                value={hexOf(theme.accent)}
                onInput={(event) => set({ accent: event.currentTarget.value })}
              />
              <input
                {...ids}
                class="input code"
                dir="ltr"
                autocomplete="off"
                spellcheck={false}
                maxLength={60}
                placeholder={standard.accent}
                value={theme.accent ?? ''}
                onInput={({ currentTarget: { value } }) => set({ accent: value.trim() === '' ? null : value.trim() })}
              />
              {theme.accent !== null && <Button onClick={() => set({ accent: null })}>Use the standard</Button>}
            </div>
          )}
        </Field>
        <Field label="Corners" error={errorOf('theme.radius')} hint="Radius of the form’s corners, in pixels.">
          {(ids) => (
            <div class="setup-accent">
              <input
                {...ids}
                type="range"
                min={0}
                max={32}
                value={theme.radius ?? standard.radius}
                onInput={(event) => set({ radius: Number(event.currentTarget.value) })}
              />
              <output class="setup-radius">{theme.radius ?? standard.radius} px</output>
              {theme.radius !== null && <Button onClick={() => set({ radius: null })}>Use the standard</Button>}
            </div>
          )}
        </Field>
      </div>
    </Card>
  )
}

/** Any CSS colour as a picker takes it: a canvas says what a browser makes of it. */
function hexOf(accent: string | null): string {
  const canvas = document.createElement('canvas').getContext('2d')
  if (canvas === null || accent === null) return standard.accent
  canvas.fillStyle = standard.accent
  canvas.fillStyle = accent
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
