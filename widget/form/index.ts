import type { FormNeeds, MountedForm } from '../chunks.ts'
import { element } from '../element.ts'
import { isOff } from '../settings.ts'
import type { Settings } from '../settings.ts'
import { formStrings, launcherStrings } from '../strings.ts'
import type { Strings } from '../strings.ts'
import type { WidgetConfig } from '../../sdk/wire/index.ts'
import { createForm } from './form.ts'
import { brandCss, formCss } from './form-css.ts'
import { icon } from './icons.ts'
import { shelter } from './shelter.ts'

const focusTrapMs = 60
const keyboardMinPx = 80

/** Puts the closed form beside the launcher, which hides while it is open. */
export function mountForm(root: ShadowRoot, settings: Settings, started: FormNeeds, signal: AbortSignal): MountedForm {
  // Parts that are loaded later add theirs.
  const strings = { ...launcherStrings, ...formStrings, ...settings.strings } as Strings
  const keyboard = new CSSStyleSheet()
  const brand = new CSSStyleSheet()
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(formCss(settings))
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet, brand, keyboard]

  const launcher = root.querySelector<HTMLElement>('.launcher')
  import('./beside.ts').then(({ dress }) => dress(launcher, settings, strings)).catch(() => undefined)
  let opener: Element | null
  let theme: Partial<WidgetConfig['theme']> = {}
  const close = () => {
    if (!dialog.open) return
    dialog.close()
    started.emitter.emit('close', undefined)
    // The launcher was hidden while the form was open, and is there again now.
    const back = opener === root.host ? launcher : opener
    ;(back as HTMLElement | null)?.focus()
  }
  const system = matchMedia('(prefers-color-scheme:dark)')
  const paint = () => {
    const scheme = settings.theme ?? theme.scheme
    root.host.toggleAttribute('dark', scheme === 'dark' || (scheme !== 'light' && system.matches))
  }
  const form = createForm(root, settings, started, strings, close, (config) => {
    theme = config.theme ?? theme
    brand.replaceSync(brandCss(settings, theme))
    paint()
  })
  const title = element('h2', { id: 'title', tabIndex: -1 }, strings.title)
  const shut = element('button', { className: 'close', ariaLabel: strings.close, onclick: close }, icon('close'))
  const dialog = element(
    'dialog',
    { lang: settings.strings?.dir ? settings.lang : 'en' },
    element('header', null, title, shut),
    form.node,
  )
  dialog.setAttribute('aria-labelledby', 'title')
  root.append(dialog)

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close()
  })
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    // Else the browser closes, in its turn, a dialog of the page's.
    event.preventDefault()
    close()
  })
  shelter(root.host, signal)

  const phone = matchMedia('(max-width:640px)')
  const show = (modal: boolean) => {
    dialog.close()
    if (modal) dialog.showModal()
    else dialog.show()
    const field = dialog.querySelector<HTMLElement>('textarea')
    if (phone.matches || !field) title.focus()
    else field.focus()
  }

  // The on-screen keyboard covers what is fixed to the bottom; the visual viewport tells by how much.
  const onResize = () => {
    const covered = innerHeight - (visualViewport?.height ?? innerHeight)
    keyboard.replaceSync(phone.matches && covered > keyboardMinPx ? `dialog{bottom:${covered}px!important}` : '')
  }
  visualViewport?.addEventListener('resize', onResize, { signal })
  system.addEventListener('change', paint, { signal })
  paint()

  return {
    open(prefill) {
      form.start(prefill)
      if (dialog.open) return
      const host = root.host as HTMLElement
      // What a modal of the page's may have put on all but itself.
      host.inert = false
      host.ariaHidden = null
      opener = document.activeElement
      started.emitter.emit('open', undefined)
      const modal =
        (settings.modal !== undefined && !isOff(settings.modal)) ||
        phone.matches ||
        !!document.querySelector(':modal,[aria-modal=true]')
      show(modal)
      // A focus trap of the page's pulls the focus away: only a modal of our own wins over it.
      setTimeout(() => {
        if (dialog.open && dialog.isConnected && !modal && !root.activeElement) show(true)
      }, focusTrapMs)
    },
    close,
    paint,
  }
}
