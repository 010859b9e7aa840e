import {
  Circle,
  MessageSquare,
  MousePointerClick,
  Navigation,
  Network,
  OctagonAlert,
  Terminal,
  type IconNode,
} from 'lucide'
import type { Crumb } from '../../../sdk/wire/index.ts'
import { Icon } from '../controls/icon.tsx'
import { before, exactTime } from '../controls/moment.ts'
import { crumbKind, dataInWords, firstLine, isTrouble } from './crumb.ts'

const icons: ReadonlyMap<string, IconNode> = new Map([
  ['click', MousePointerClick],
  ['navigation', Navigation],
  ['request', Network],
  ['console', Terminal],
  ['error', OctagonAlert],
])

/** What happened just before, the last thing at the foot, each with how long before it was said. */
export function Crumbs({ crumbs, end }: { crumbs: Crumb[]; end: string }) {
  const troubles = crumbs.filter(isTrouble).length
  return (
    <section aria-label="Just before">
      <h3 class="part-title">
        Just before
        {troubles > 0 && <span class="crumb-troubles">{troubles === 1 ? '1 error' : `${troubles} errors`}</span>}
      </h3>
      <ol class="crumbs">
        {crumbs.map((crumb, index) => (
          <CrumbLine key={index} crumb={crumb} end={end} />
        ))}
        <li class="crumb said">
          <span class="crumb-icon">
            <Icon of={MessageSquare} size={14} />
          </span>
          <span class="crumb-text">Said this</span>
          <time class="crumb-time" dateTime={end} title={exactTime(end)}>
            0:00
          </time>
        </li>
      </ol>
    </section>
  )
}

function CrumbLine({ crumb, end }: { crumb: Crumb; end: string }) {
  const { at, message, type = '', data } = crumb
  const isBad = isTrouble(crumb)
  const short = firstLine(message)
  const facts = data ? dataInWords(data) : []
  const isFolded = short !== message || facts.length > 0
  const ago = before(at, end)
  const words = (
    <>
      <span class="crumb-kind">{crumbKind(crumb)}</span>{' '}
      <span class="crumb-words" dir="auto">
        {short}
      </span>
    </>
  )
  return (
    <li class={isBad ? 'crumb bad' : 'crumb'}>
      <span class="crumb-icon">
        <Icon of={icons.get(type) ?? (isBad ? OctagonAlert : Circle)} size={14} />
      </span>
      {isFolded ? (
        <details class="crumb-text">
          <summary>{words}</summary>
          {short !== message && (
            <pre class="crumb-whole" dir="auto">
              {message}
            </pre>
          )}
          {facts.length > 0 && (
            <dl class="crumb-data">
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt>
                    <bdi>{name}</bdi>
                  </dt>
                  <dd dir="auto">{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </details>
      ) : (
        <span class="crumb-text">{words}</span>
      )}
      <time class="crumb-time" dateTime={at} title={exactTime(at)}>
        {ago && `−${ago}`}
      </time>
    </li>
  )
}
