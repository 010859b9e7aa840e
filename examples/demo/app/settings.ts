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
  if (chosen) chosen.checked = chosen.defaultChecked = true

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
      return
    }
    show('There are unsaved changes.', true)
  })
  form.addEventListener('reset', () => {
    show('Back to what was saved.', false)
    queueMicrotask(() => setTheme(readTheme()))
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!form.reportValidity()) return
    show('Everything is saved.', false)
    toast('Settings saved.')
    earshot('crumb', 'saved the settings')
  })
}
