import { useEffect } from 'preact/hooks'
import { followTo, placeHref, type Place } from '../../address/address.ts'
import { project } from '../../collector/session.ts'
import { KindMark } from '../../inbox/kind.tsx'
import { Card } from '../card.tsx'
import { loadWidget, stored } from '../widget/draft.ts'
import { CountLink } from './count-link.tsx'

const widgetPlace: Place = { at: 'setup', section: 'widget' }

/** The kinds of feedback: those that the widget offers, and those that came in otherwise. */
export function Kinds() {
  useEffect(() => void (stored.peek() ?? loadWidget()), [])
  const kinds = project.value?.kinds ?? []
  const offered = stored.value && new Set(stored.value.kinds.map(({ key }) => key))
  return (
    <Card
      title="Kinds"
      what={
        <>
          What the widget offers is set in{' '}
          <a class="text-button" href={placeHref(widgetPlace)} onClick={(event) => followTo(event, widgetPlace)}>
            its own settings
          </a>
          . Others come from imports and from code.
        </>
      }
    >
      <ul class="setup-lines" aria-label="Kinds">
        {kinds.map(({ key }) => (
          <li key={key} class="setup-line">
            <span class="setup-line-name">
              <KindMark of={key} />
            </span>
            <code class="setup-line-key">{key}</code>
            <span class="quiet setup-line-offered">
              {offered === null ? '' : offered.has(key) ? 'Offered in the widget' : 'Not offered'}
            </span>
            <span class="setup-line-count">
              <CountLink name="kind" value={key} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
