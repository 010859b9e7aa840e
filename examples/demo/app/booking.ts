import { earshot } from './earshot.ts'
import { toast } from './toast.ts'

const shelfArea = 0.15
const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' })

/** The dialog that books shelf space, with a price that follows the fields. */
export function wireBooking(page: Document): void {
  const dialog = page.querySelector<HTMLDialogElement>('#booking')
  const form = dialog?.querySelector('form')
  if (!dialog || !form) return

  for (const button of page.querySelectorAll('[data-book]')) {
    button.addEventListener('click', () => {
      dialog.showModal()
      earshot('crumb', 'opened the booking', { from: location.pathname })
    })
  }
  for (const button of dialog.querySelectorAll('[data-close]')) {
    button.addEventListener('click', () => dialog.close())
  }
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })

  const quote = () => {
    const price = form.elements.namedItem('price')
    if (price instanceof HTMLOutputElement) price.value = pounds.format(priceOf(form))
  }
  form.addEventListener('input', quote)
  form.addEventListener('reset', () => queueMicrotask(quote))
  quote()

  form.addEventListener('submit', (event) => {
    const height = form.querySelector<HTMLInputElement>('[name=height]')
    if (height && !height.checkValidity()) {
      event.preventDefault()
      height.reportValidity()
      return
    }
    const firing = chosenFiring(form)?.value ?? ''
    toast(`Booked: ${firing}.`)
    earshot('crumb', 'booked shelf space', { firing })
    form.reset()
  })
}

/** Litres of the booked share of a shelf, at the firing's price a litre. */
function priceOf(form: HTMLFormElement): number {
  const data = new FormData(form)
  const litres = Number(data.get('height') ?? 0) * 10 * shelfArea * Number(data.get('share') ?? 0)
  return litres * Number(chosenFiring(form)?.dataset['litre'] ?? 0)
}

function chosenFiring(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector('[name=firing]:checked')
}
