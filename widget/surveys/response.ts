import { ratingScales } from '../../sdk/wire/index.ts'
import type { RatingScale, SurveyDefinition } from '../../sdk/wire/index.ts'
import type { Earshot, Sent } from '../../sdk/index.ts'
import { version } from '../../sdk/wire/version.ts'
import { answersOnPath } from './path.ts'
import type { Answers } from './path.ts'

/** One person's answers to one survey, kept up to date with the collector. */
export interface Response {
  /** Sends the answers as they are now, or after the pause in which more may follow. */
  put: (answers: Answers, pauseMs?: number) => void
  /** Sends at once what waits for its pause. */
  flush: () => void
}

/**
 * Sends the first answer as a submission and each later state as its amendment, one after the other: what arrives
 * while one is on its way goes with the next.
 *
 * @param onState what became of the latest; undefined while it is on its way
 */
export function createResponse(
  { id, version: asked, questions }: SurveyDefinition,
  client: Pick<Earshot, 'send' | 'on'>,
  onState: (sent?: Sent) => void,
): Response {
  let first: Sent | undefined
  let edit: string | undefined
  let revision = 0
  let said = ''
  let latest: Answers | undefined
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = async () => {
    clearTimeout(timer)
    while (latest && !busy) {
      const answers = answersOnPath(questions, latest)
      latest = undefined
      const text = JSON.stringify(answers)
      if (answers.length === 0 || text === said) return
      busy = true
      onState()
      const scores = answers.map(({ question, value }) => ({
        scale: questions.find(({ id }) => id === question)?.type as RatingScale,
        value: value as number,
      }))
      const rating = scores.find(({ scale }) => scale in ratingScales)
      const sent = await client.send({
        sdk: `earshot-widget/${version}`,
        survey: { id, version: asked, answers },
        rating,
        ...(first && { id: first.id, revision: ++revision, edit }),
      })
      busy = false
      const kept = sent.state === 'stored' || sent.state === 'queued'
      if (kept) {
        first ??= sent
        said = text
      }
      edit ??= sent.receipt?.edit
      onState(sent)
    }
  }
  client.on('sent', ({ id: arrived, receipt }) => {
    if (arrived !== first?.id) return
    edit ??= receipt.edit
    if (!busy) onState({ id: arrived, state: 'stored', receipt })
  })

  return {
    put(answers, pauseMs = 0) {
      latest = new Map(answers)
      clearTimeout(timer)
      if (pauseMs) timer = setTimeout(() => void flush(), pauseMs)
      else void flush()
    },
    flush: () => void flush(),
  }
}
