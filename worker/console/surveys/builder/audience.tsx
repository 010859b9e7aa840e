import { Eye } from 'lucide'
import type { ComponentChildren } from 'preact'
import { mayEdit } from '../../collector/session.ts'
import { Icon } from '../../controls/icon.tsx'
import type { Draft } from '../draft/draft.ts'
import { setTargeting, usualQuietDays, whoSees } from '../draft/targeting.ts'
import { openSurvey } from '../surveys.ts'
import { change } from '../workbench.ts'
import { Editable } from './editable.tsx'
import { TextField } from './field.tsx'
import { NumberField } from './number-field.tsx'
import { PathFields } from './path-fields.tsx'
import { TagFields } from './tag-fields.tsx'

/** To whom, where and how often, one sentence a line. */
export function Audience({ draft }: { draft: Draft }) {
  const targeting = draft.targeting ?? {}
  const { percentage = 100, delaySeconds = 0, event, everyDays, quietDays = usualQuietDays } = targeting
  const set = (...[name, value]: Parameters<typeof setTargeting> extends [Draft, ...infer Rest] ? Rest : never) =>
    change((before) => setTargeting(before, name, value))
  return (
    <section class="audience" aria-label="Who sees it">
      <p class="who-sees" role="status">
        <Icon of={Eye} />
        <span>
          <strong>{whoSees(targeting)}</strong> {stateInWords()}
        </span>
      </p>
      <Editable label="Targeting" class="audience-parts">
        <Sentence title="Where">
          <PathFields paths={targeting.paths ?? []} />
        </Sentence>
        <Sentence title="When">
          <div class="sentence">
            <select
              class="input"
              aria-label="What it waits for"
              value={event === undefined ? 'page' : 'event'}
              onChange={(changed) => set('event', changed.currentTarget.value === 'event' ? '' : undefined)}
            >
              <option value="page">When a page is opened</option>
              <option value="event">After something happens</option>
            </select>
            {event !== undefined && (
              <TextField
                label="Name of the event"
                hiddenLabel
                path="targeting.event"
                value={event}
                placeholder="order.completed"
                onInput={(said) => set('event', said)}
              />
            )}
            <span>then wait</span>
            <NumberField
              label="Seconds to wait"
              path="targeting.delaySeconds"
              value={delaySeconds}
              min={0}
              max={86_400}
              unit="seconds"
              onValue={(n) => set('delaySeconds', n === 0 ? undefined : n)}
            />
          </div>
          {event !== undefined && (
            <p class="field-hint">
              Your developers say that it happened: <code>{`earshot.track('${event || 'order.completed'}')`}</code>
            </p>
          )}
        </Sentence>
        <Sentence title="Who">
          <div class="sentence">
            <span>Ask</span>
            <NumberField
              label="Share of visitors in per cent"
              path="targeting.percentage"
              value={percentage}
              min={0}
              max={100}
              unit="% of visitors"
              onValue={(n) => set('percentage', n === 100 ? undefined : n)}
            />
            <span class="quiet">Always the same ones.</span>
          </div>
          <TagFields tags={targeting.tags ?? {}} />
        </Sentence>
        <Sentence title="How often">
          <div class="sentence">
            <select
              class="input"
              aria-label="How often"
              value={everyDays == null ? 'once' : 'again'}
              onChange={(changed) => set('everyDays', changed.currentTarget.value === 'again' ? 90 : undefined)}
            >
              <option value="once">Once a person</option>
              <option value="again">Again after</option>
            </select>
            {everyDays != null && (
              <NumberField
                label="Days before it is shown again"
                path="targeting.everyDays"
                value={everyDays}
                min={1}
                max={3_650}
                unit="days"
                onValue={(n) => set('everyDays', n)}
              />
            )}
          </div>
          <div class="sentence">
            <span>Not within</span>
            <NumberField
              label="Quiet days after another survey"
              path="targeting.quietDays"
              value={quietDays}
              min={0}
              max={3_650}
              unit="days"
              onValue={(n) => set('quietDays', n === usualQuietDays ? undefined : n)}
            />
            <span>of another survey.</span>
          </div>
          <p class="field-hint">How often somebody was asked is remembered in their browser.</p>
        </Sentence>
      </Editable>
      {!mayEdit.value && <p class="quiet">Only editors change this.</p>}
    </section>
  )
}

function Sentence({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="audience-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

function stateInWords(): string {
  const state = openSurvey.value?.state
  if (state === 'live') return ''
  return state === 'paused' ? 'Nobody now: it is paused.' : 'Nobody yet: it is a draft until you make it live.'
}
