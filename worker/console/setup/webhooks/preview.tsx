import type { Feedback } from '../../../../sdk/wire/index.ts'
import { listFeedback } from '../../collector/feedback.ts'
import { project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { messageOf } from './message.ts'

/** Where nothing has come in yet, and the message is to be seen all the same. */
const example = {
  kind: 'bug',
  message: 'The total is wrong once I change the currency.',
  environment: 'production',
  person: { id: 'ada', name: 'Ada Lovelace', account: { id: 'acme', name: 'Acme', plan: 'pro' } },
  page: { url: 'https://example.com/checkout' },
} as Feedback

/** The message as it will stand in the channel, of the latest item that the filter selects. */
export function MessagePreview({ filter }: { filter: string | null }) {
  const { value } = useAnswer((signal) => listFeedback(latest(filter), signal), [filter])
  if (value === null || project.value === null) return <div class="hook-preview bone" aria-hidden="true" />
  const [item] = value.items
  const { title, beside, said, facts } = messageOf(item ?? example, project.value)
  return (
    <figure class="hook-preview" aria-label="Preview of the message">
      <span class="hook-preview-face" aria-hidden="true">
        E
      </span>
      <div>
        <p class="hook-preview-from">
          <b>Earshot</b> <span class="hook-preview-app">App</span>
        </p>
        <p>
          <b class="hook-preview-link">{title}</b>
          <bdi>{beside}</bdi>
        </p>
        {said && (
          <p class="hook-preview-said" dir="auto">
            {said}
          </p>
        )}
        {facts && (
          <p class="hook-preview-facts" dir="auto">
            {facts}
          </p>
        )}
      </div>
      <figcaption>
        {item ? 'The latest item that it would be told of.' : 'An example: nothing like it came in yet.'}
      </figcaption>
    </figure>
  )
}

function latest(filter: string | null): URLSearchParams {
  const query = new URLSearchParams(filter ?? '')
  if (filter === null) for (const one of project.peek()?.environments ?? []) query.append('environment', one)
  query.set('sort', 'newest')
  query.set('limit', '1')
  return query
}
