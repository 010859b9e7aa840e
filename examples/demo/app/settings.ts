import { earshot } from './earshot.ts'
import { isTheme, readTheme, setTheme } from './theme.ts'
import { toast } from './toast.ts'

/** The settings form: says what is unsaved, saves into this tab, and hands the theme on to the feedback form. */
export function wireSettings(page: Document): void {
  const form = page.querySelector<HTMLFormElement>('#settings')
  const state = form?.querySelector('[data-state]')
  const buttons = form?.querySelectorAll<HTMLButtonElement>('.save-bar button')
  if (!form || !state || !buttons) return

  const chosen = form.querySelector<HTMLInputElement>(`[name=theme][value=${readTheme()}]`)
  if (chosen) chosen.checked = true
  keep(form)

  const show = (text: string, changed: boolean) => {
    state.textContent = text
    for (const button of buttons) button.disabled = !changed
  }
  form.addEventListener('input', (event) => {
    const field = event.target
    if (field instanceof HTMLInputElement && field.name === 'theme') {
      if (!isTheme(field.value)) return
      setTheme(field.value)
      earshot('setTheme', field.value)
      for (const radio of form.querySelectorAll<HTMLInputElement>('[name=theme]')) radio.defaultChecked = radio.checked
      return
    }
    show('There are unsaved changes.', true)
  })
  form.addEventListener('reset', () => {
    show('Back to what was saved.', false)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!form.reportValidity()) return
    keep(form)
    show('Everything is saved.', false)
    toast('Settings saved.')
    earshot('crumb', 'saved the settings')
  })
}

/** Makes what stands in the form what "Discard" goes back to. */
function keep(form: HTMLFormElement): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement) {
      field.defaultValue = field.value
      field.defaultChecked = field.checked
    } else if (field instanceof HTMLTextAreaElement) {
      field.defaultValue = field.value
    } else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.defaultSelected = option.selected
    }
  }
}
