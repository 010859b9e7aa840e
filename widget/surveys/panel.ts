import type { SurveyDefinition, SurveyQuestion } from '../../sdk/wire/index.ts'
import type { Earshot, Sent } from '../../sdk/index.ts'
import { element } from '../element.ts'
import type { SurveyStrings } from '../strings.ts'
import { draw } from '../form/icons.ts'
import { strokes } from './icons.ts'
import { end, nextQuestion } from './path.ts'
import type { Answers } from './path.ts'
import { isTap, questionView } from './question.ts'
import type { QuestionView } from './question.ts'
import { createResponse } from './response.ts'
import type { Words } from './words.ts'

/** How long a choice that may not be the last stays on the device: arrow keys pass over others on their way. */
const pauseMs = 800
/** How long a tap that ends a survey can be seen before the thanks come. */
const seenMs = 240

/** A survey's panel, from the first question to the thanks. */
export interface Panel {
  node: HTMLElement
  /** Sends what waits. */
  flush: () => void
}

export function createPanel(
  definition: SurveyDefinition,
  client: Pick<Earshot, 'send' | 'on'>,
  words: Words,
  strings: SurveyStrings,
  onClose: () => void,
): Panel {
  const { questions, thanks } = definition
  const answers: Answers = new Map()
  /** The questions seen, the one on screen last; `end` for the thanks. */
  const trail = [0]
  let view: QuestionView
  let sent: Sent | undefined
  const alone = questions.length === 1 && isTap(questions[0] as SurveyQuestion)

  const response = createResponse(definition, client, (next) => {
    sent = next
    tell()
  })
  const at = () => trail.at(-1) as number
  const question = () => questions[at()] as SurveyQuestion

  /** What became of the answers: always with the thanks, before only where they did not arrive. */
  const tell = () => {
    const { state = 'sending', kept, problem } = sent ?? {}
    const lost = state === 'refused' || state === 'cancelled'
    const over = at() === end
    const text =
      state === 'queued'
        ? strings.answersQueued + (kept === 'page' ? strings.pageOnly : '')
        : lost
          ? strings.refused + (problem?.detail ?? strings.cancelled)
          : over && (state === 'stored' ? strings.answersSent : strings.answersSending)
    status.textContent = text || ''
    status.className = lost ? 'bad' : ''
    if (over) {
      const shown = lost ? strokes.stop : state === 'stored' ? strokes.check : state === 'queued' && strokes.clock
      mark.replaceChildren(shown ? draw(shown) : element('i'))
      mark.className = state
    }
  }

  const refresh = () => {
    const value = view.read()
    if (value === undefined) answers.delete(question().id)
    else answers.set(question().id, value)
    missing.textContent = ''
    view.node.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid')
    const last = nextQuestion(questions, at(), answers) === end
    const skip = value === undefined && !question().required
    primary.textContent = skip ? strings.skip : last ? strings.send : strings.next
    primary.className = skip ? '' : 'primary'
  }
  const render = () => {
    const over = at() === end
    back.hidden = trail.length < 2
    progress.value = (over ? questions.length : at()) + 1
    primary.type = over ? 'button' : 'submit'
    actions.hidden = alone && !over
    missing.textContent = ''
    if (over) {
      primary.textContent = strings.done
      primary.className = 'primary'
      content.replaceChildren(mark, element('h2', { id: 'title', tabIndex: -1 }, words.of(thanks) ?? strings.thanks))
    } else {
      view = questionView(question(), answers.get(question().id), words, strings)
      content.replaceChildren(view.node)
      refresh()
    }
    tell()
  }
  /** After a step that the person took: what they had the focus on is gone. */
  const move = () => {
    render()
    const field = content.querySelector<HTMLElement>('.words input,textarea')
    // On a phone the keyboard would cover half of what is asked.
    const target =
      field && !matchMedia('(max-width:640px)').matches ? field : content.querySelector<HTMLElement>('#title')
    target?.focus()
  }
  const commit = () => {
    refresh()
    if (question().required && !answers.has(question().id)) {
      const field = view.node.querySelector<HTMLElement>('[name]') as HTMLElement
      const written = field.matches('.words *')
      missing.textContent = strings.needAnswer
      const marked = written ? field : view.node
      marked.ariaInvalid = 'true'
      field.focus()
      return
    }
    response.put(answers)
    const next = nextQuestion(questions, at(), answers)
    // Nothing said, nothing to thank for.
    if (next === end && answers.size === 0) return onClose()
    trail.push(next)
    move()
  }
  /** A pointer's tap is meant; keys pass over what lies between. */
  let pointed = false
  let said = false
  const onChange = () => {
    refresh()
    if (view.node.matches('.words')) return
    // The first tap counts even when the tab closes right after it.
    response.put(answers, pointed && !said ? 0 : pauseMs)
    said ||= pointed
    actions.hidden = alone && pointed
    if (!alone || !pointed) return
    const here = trail.length
    setTimeout(() => trail.length === here && at() !== end && commit(), seenMs)
  }

  const button = (path: string, name: string, onclick: () => void) =>
    element('button', { type: 'button', ariaLabel: name, onclick }, draw(path))
  const back = button(strokes.back, strings.back, () => {
    trail.pop()
    move()
  })
  back.className = 'back'
  const close = button(strokes.close, strings.close, onClose)
  close.className = 'close'
  const progress = element('progress', {
    max: questions.length + 1,
    ariaLabel: strings.progress,
    hidden: questions.length < 2,
  })
  const content = element('div', { className: 'content' })
  const missing = element('p', { id: 'missing', role: 'alert', className: 'bad' })
  const mark = element('div')
  const status = element('p', { id: 'status', role: 'status' })
  const primary = element('button', {
    onclick() {
      if (at() === end) onClose()
    },
  })
  const actions = element('div', { className: 'actions' }, primary)
  const form = element(
    'form',
    {
      noValidate: true,
      oninput: onChange,
      onpointerdown: () => (pointed = true),
      onsubmit: (event) => {
        event.preventDefault()
        commit()
      },
    },
    content,
    missing,
    status,
    actions,
  )
  const node = element(
    'div',
    { className: 'panel', role: 'dialog', lang: words.lang, dir: words.dir },
    progress,
    back,
    close,
    form,
  )
  node.setAttribute('aria-labelledby', 'title')
  for (const type of ['keydown', 'keyup', 'keypress'] as const) {
    node.addEventListener(type, (event) => {
      pointed = false
      // Keys typed in here are nobody else's shortcuts.
      event.stopPropagation()
      if (type === 'keydown' && event.key === 'Escape') onClose()
    })
  }
  render()
  return { node, flush: response.flush }
}
