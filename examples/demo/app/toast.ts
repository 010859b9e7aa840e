const shownMs = 4_000

/** Says in one line what just happened, for eyes and for screen readers. */
export function toast(text: string): void {
  const host = document.querySelector('.toasts')
  if (!host) return
  const line = document.createElement('p')
  line.className = 'toast'
  line.textContent = text
  host.replaceChildren(line)
  setTimeout(() => line.remove(), shownMs)
}
