import { Flag } from 'lucide'
import { Icon } from '../../controls/icon.tsx'
import type { Draft } from '../draft/draft.ts'
import { jumpsOf } from '../draft/lanes.ts'
import { type Ways, waysThrough } from '../draft/ways.ts'
import { goToPath } from '../sections.ts'
import { leadsInWords } from './leads.ts'
import { typeIcons } from './type-list.tsx'

const rowHeight = 80
const laneWidth = 16

/** Every way from the first question to the end, as a map. */
export function WaysMap({ draft }: { draft: Draft }) {
  const { questions } = draft
  if (questions.length === 0) return <p class="quiet">There is no question yet, so there is no way through.</p>
  const ways = waysThrough(questions)
  const lost = questions.flatMap((_, index) => (ways.reached[index] ? [] : [index + 1]))
  return (
    <section class="stops" aria-label="Ways through the survey">
      <p class="stops-sum">{lengthInWords(ways, questions.length)}</p>
      {lost.length > 0 && (
        <p class="question-warning">
          {lost.length === 1
            ? `Question ${lost[0]} can never be reached.`
            : `Questions ${new Intl.ListFormat('en').format(lost.map(String))} can never be reached.`}{' '}
          Every way before leads past: change a branch above, or remove what nobody is asked.
        </p>
      )}
      <div class="stops-map">
        <Lines ways={ways} count={questions.length} />
        <ol>
          {questions.map((question, index) => (
            <li key={question.id} class={ways.reached[index] ? 'stop' : 'stop lost'}>
              <span class="stop-dot">{index + 1}</span>
              <button type="button" class="stop-question" onClick={() => goToPath(`questions[${index}].text`)}>
                <span class="stop-text">
                  <Icon of={typeIcons[question.type]} />
                  <span dir="auto">{question.text[draft.language] || 'A question without text'}</span>
                </span>
                <span class="stop-leads">{ways.reached[index] ? leads(draft, index, ways) : 'Never reached'}</span>
              </button>
            </li>
          ))}
          <li class="stop">
            <span class="stop-dot end">
              <Icon of={Flag} size={14} />
            </span>
            <span class="stop-question">
              <span class="stop-text">The end</span>
              <span class="stop-leads" dir="auto">
                {draft.thanks?.[draft.language] || 'Thank you'}
              </span>
            </span>
          </li>
        </ol>
      </div>
    </section>
  )
}

function leads(draft: Draft, index: number, ways: Ways): string {
  const said = leadsInWords(draft, index, ways)
  if (said.length > 0) return said.join('. ')
  return index === draft.questions.length - 1 ? 'Then: the end' : `Then: question ${index + 2}`
}

function lengthInWords({ fewest, most }: Ways, count: number): string {
  const of = `of ${count === 1 ? 'the 1 question' : `the ${count} questions`}`
  if (fewest === most) return `Everybody is asked ${fewest} ${of}.`
  return `People are asked ${fewest} to ${most} ${of}, by what they answer.`
}

/** Beside the list: a line from each question to where it leads. */
function Lines({ ways, count }: { ways: Ways; count: number }) {
  const jumps = jumpsOf(ways)
  const width = 24 + laneWidth * (Math.max(-1, ...jumps.map(({ lane }) => lane)) + 1)
  const x = width - 12
  const y = (index: number) => index * rowHeight + rowHeight / 2
  return (
    <svg class="stops-lines" width={width} height={(count + 1) * rowHeight} aria-hidden="true">
      {ways.out.map((out, from) =>
        out.some(({ to }) => (to ?? count) === from + 1) ? (
          <path key={from} d={`M${x} ${y(from)}V${y(from + 1)}`} class={ways.reached[from] ? '' : 'lost'} />
        ) : null,
      )}
      {jumps.map(({ from, to, lane }) => {
        const out = x - laneWidth * (lane + 1)
        const d = `M${x} ${y(from)}H${out + 8}Q${out} ${y(from)} ${out} ${y(from) + 8}V${y(to) - 8}Q${out} ${y(to)} ${out + 8} ${y(to)}H${x}`
        return <path key={`${from} ${to}`} d={d} class={ways.reached[from] ? '' : 'lost'} />
      })}
    </svg>
  )
}
