import { limits } from '../../sdk/wire/index.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import { element } from '../element.ts'
import type { Child } from '../element.ts'
import type { Strings } from '../strings.ts'
import { kindTiles } from './choices.ts'

/** The nodes of the form that others fill, enable and read. */
export interface Fields {
  form: HTMLFormElement
  prompt: HTMLElement
  message: HTMLTextAreaElement
  /** How much may still be written, where that is little. */
  left: HTMLElement
  /** What is wrong with a field. */
  missing: HTMLElement
  /** Takes the list of what goes along. */
  along: HTMLElement
  /** Takes the score that the project asks for. */
  score: HTMLElement
  /** Why it was refused. */
  refusal: HTMLElement
  /** Disables the fields and says so on the button, or enables them again. */
  setBusy: (busy: boolean) => void
  /** Builds what depends on the collector's settings; the words stay where they are. */
  configure: (config: Partial<WidgetConfig>) => void
}

/** The form's skeleton. Every field is a native one with its name, so that `FormData` reads them all. */
export function createFields(
  strings: Strings,
  onInput: () => void,
  onSubmit: (event: Event) => void,
  onHandler: (kind: string) => void,
): Fields {
  const prompt = element('span')
  const missing = element('p', { id: 'missing', className: 'missing', role: 'alert' })
  const left = element('p', { className: 'left', role: 'status' })
  const refusal = element('div', { role: 'alert' })
  // Its click, which Enter in a field makes too: a sandboxed page may have no submissions.
  const submit = element('button', { type: 'submit', className: 'primary', onclick: onSubmit }, strings.send)
  const message = element('textarea', {
    name: 'message',
    dir: 'auto',
    maxLength: limits.messageMaxChars,
  })
  message.setAttribute('aria-describedby', 'missing')
  const [kinds, score, extras, along] = [element('div'), element('div'), element('div'), element('div')]
  const links = element('span')
  // Autofill and screen readers leave it alone; only programs fill it in.
  const trap = element('input', { name: 'trap', tabIndex: -1, autocomplete: 'off', hidden: true })
  const field = element('label', { className: 'field' }, prompt, message)
  const inputs = element('fieldset', null, kinds, field, left, missing, extras, trap, along)
  const scroller = element('div', { className: 'fields' }, inputs)
  const form = element(
    'form',
    { noValidate: true, oninput: onInput },
    scroller,
    refusal,
    element('footer', null, links, submit),
  )

  return {
    form,
    prompt,
    message,
    left,
    missing,
    along,
    score,
    refusal,
    setBusy(busy) {
      inputs.disabled = busy
      // With its fields disabled it would be out of the keyboard's reach, and what is below could not be read.
      scroller.tabIndex = busy ? 0 : -1
      submit.replaceChildren(...(busy ? [element('i'), strings.sending] : [strings.send]))
    },
    configure(config) {
      const { kinds: offered = [], rating, email, mayContact, privacyUrl } = config
      kinds.replaceChildren(...(offered.length > 1 ? [kindTiles(offered, strings, onHandler)] : []))
      const more: Child[] = [
        rating && score,
        email !== 'hidden' &&
          element(
            'label',
            { className: 'field' },
            element('span', null, email === 'required' ? strings.email : strings.emailOptional),
            element('input', { type: 'email', name: 'email', dir: 'auto', autocomplete: 'email' }),
          ),
        mayContact &&
          element(
            'label',
            { className: 'part' },
            element('input', { type: 'checkbox', name: 'mayContact' }),
            element('span', null, mayContact.text),
          ),
      ]
      extras.replaceChildren(...more.filter((node): node is Node => !!node))
      links.replaceChildren(
        ...(privacyUrl ? [element('a', { href: privacyUrl, target: '_blank', rel: 'noopener' }, strings.privacy)] : []),
      )
    },
  }
}
