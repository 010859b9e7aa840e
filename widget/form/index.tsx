import { render } from 'preact'
import type { FormParts, MountedForm } from '../chunks.ts'
import { element } from '../element.ts'
import { formStrings, launcherStrings } from '../strings.ts'
import { formCss } from './form-css.ts'
import { Form } from './form.tsx'

const focusTrapMs = 60

/** Puts the form's dialog beside the launcher, closed. */
export function mountForm(parts: FormParts): MountedForm {
  const { root, settings, onToggle } = parts
  const [corner, dialog] = [settings.corner ?? 'bottom-right', element('dialog', { 'aria-labelledby': 'title' })]
  const sheets = [formCss + placeCss(corner), ''].map((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    return sheet
  })
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets]
  root.append(dialog)

  let opener: Element | null = null
  let form: Form | null = null
  const close = () => {
    if (!dialog.open) return
    dialog.close()
    onToggle(false)
    // The launcher was hidden while the form was open, and is there again now.
    const back = opener === root.host ? root.querySelector<HTMLElement>('.launcher') : (opener as HTMLElement | null)
    back?.focus?.()
  }
  const strings = { ...launcherStrings, ...formStrings, ...settings.strings }
  render(<Form onMade={(made) => (form = made)} parts={parts} strings={strings} onClose={close} />, dialog)

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close()
  })
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
  })

  const phone = matchMedia('(max-width:640px)')
  const show = (modal: boolean) => {
    if (dialog.open) dialog.close()
    if (modal) dialog.showModal()
    else dialog.show()
    form?.focus(phone.matches ? 'h2' : 'textarea')
  }

  // The on-screen keyboard covers what is fixed to the bottom; the visual viewport tells by how much.
  visualViewport?.addEventListener('resize', () => {
    const covered = innerHeight - (visualViewport?.height ?? innerHeight)
    sheets[1]?.replaceSync(phone.matches && covered > 80 ? `dialog{bottom:${covered}px!important}` : '')
  })

  return {
    open(prefill) {
      form?.start(prefill)
      if (dialog.open) return form?.focus('textarea')
      opener = document.activeElement
      onToggle(true)
      const modal = !!settings.modal || phone.matches || !!document.querySelector(':modal,[aria-modal=true]')
      show(modal)
      // A focus trap of the page's pulls the focus away: only a modal of our own wins over it.
      setTimeout(() => {
        if (dialog.open && !modal && !root.activeElement) show(true)
      }, focusTrapMs)
    },
    close,
  }
}

function placeCss(corner: string): string {
  const [block, inline] = corner.split('-') as [string, string]
  const rule = `${block}:max(24px,env(safe-area-inset-${block}));${inline}:max(24px,env(safe-area-inset-${inline}))`
  return `:host{--bad:oklch(.52 .19 25);--good:oklch(.52 .13 155)}:host([dark]){--bad:oklch(.74 .15 25);--good:oklch(.76 .15 155)}dialog{${rule}}`
}
