import type { Survey } from '../../../sdk/wire/index.ts'
import { followTo, placeHref } from '../address/address.ts'
import type { Place } from '../address/place.ts'
import type { View } from '../address/view.ts'
import { plural } from '../controls/total.ts'

/** How it does: how often it was shown and answered, and the way to the answers and the numbers. */
export function Results({ survey }: { survey: Survey }) {
  const { displays, responses, version } = survey
  const filters = new Map([['survey', [survey.id]]])
  const none = new Map<string, string>()
  const share = displays > 0 && responses <= displays ? responses / displays : null
  return (
    <section class="results" aria-label="How it does">
      <dl>
        <Figure label="Shown" value={displays.toLocaleString()} />
        <Figure label="Answers" value={responses.toLocaleString()} />
        <Figure
          label="Answered by"
          value={share?.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 }) ?? '–'}
        />
        <Figure label="Version" value={version.toLocaleString()} />
      </dl>
      <p class="results-links">
        <Way at={{ at: 'inbox' }} to={{ filters, item: null, options: none }}>
          {responses > 0 ? `Read ${plural(responses, 'answer')}` : 'Answers in the inbox'}
        </Way>
        <Way at={{ at: 'numbers' }} to={{ filters, item: null, options: new Map([['show', 'responses']]) }}>
          Numbers
        </Way>
        {version > 1 && (
          <span class="quiet">
            Answers to {version === 2 ? 'version 1' : `versions 1 to ${version - 1}`} are shown with the questions of
            their time.
          </span>
        )}
      </p>
    </section>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Way({ at, to, children }: { at: Place; to: Partial<View>; children: string }) {
  return (
    <a class="text-link" href={placeHref(at, to)} onClick={(event) => followTo(event, at, to)}>
      {children}
    </a>
  )
}
