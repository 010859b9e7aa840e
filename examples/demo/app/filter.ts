/** Narrows a list by its tabs and its search field. The rows are the page's own; nothing is fetched. */
export function wireFilter(page: Document): void {
  const list = page.querySelector('[data-filter]')
  const search = list?.querySelector<HTMLInputElement>('input[type=search]')
  const nothing = list?.querySelector<HTMLElement>('.nothing')
  if (!list || !search || !nothing) return
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[data-status]')]
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]

  const apply = () => {
    const status = tabs.find((tab) => tab.ariaPressed === 'true')?.dataset['status'] ?? ''
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    for (const row of rows) {
      const text = (row.textContent ?? '').toLowerCase()
      row.hidden = (status !== '' && row.dataset['row'] !== status) || !words.every((word) => text.includes(word))
    }
    nothing.hidden = rows.some((row) => !row.hidden)
  }
  const press = (status: string) => {
    for (const tab of tabs) tab.ariaPressed = String(tab.dataset['status'] === status)
    apply()
  }
  for (const tab of tabs) tab.addEventListener('click', () => press(tab.dataset['status'] ?? ''))
  search.addEventListener('input', apply)
  list.querySelector('[data-clear]')?.addEventListener('click', () => {
    search.value = ''
    press('')
    search.focus()
  })
}
