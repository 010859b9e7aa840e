import { Button } from '../../controls/button.tsx'
import { Card } from '../card.tsx'
import { Choice, Field } from '../field.tsx'
import type { WidgetDraft } from './check.ts'
import { edit, errorOf } from './draft.ts'

const standard = { accent: '#4b50d5', radius: 10 }

/** Colours and corners. */
export function ThemeSettings({ draft: { theme } }: { draft: WidgetDraft }) {
  const set = (patch: Partial<WidgetDraft['theme']>) => edit({ theme: { ...theme, ...patch } })
  const picked = /^#[0-9a-f]{6}$/i.test(theme.accent ?? '') ? (theme.accent ?? '') : standard.accent
  return (
    <Card title="Look" what="What a page sets for itself wins over this.">
      <div class="card-fields">
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
            <div class="accent">
              <input
                type="color"
                aria-label="Pick the accent"
                value={picked}
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
            <div class="accent">
              <input
                {...ids}
                type="range"
                min={0}
                max={32}
                value={theme.radius ?? standard.radius}
                onInput={(event) => set({ radius: Number(event.currentTarget.value) })}
              />
              <output class="radius">{theme.radius ?? standard.radius} px</output>
              {theme.radius !== null && <Button onClick={() => set({ radius: null })}>Use the standard</Button>}
            </div>
          )}
        </Field>
      </div>
    </Card>
  )
}
