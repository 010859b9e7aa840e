import { Search } from 'lucide'
import { filters, setFilters } from '../address/address.ts'
import { withFilter } from '../address/view.ts'
import { Dialog } from '../controls/dialog.tsx'
import { Picker, type Option } from '../controls/picker.tsx'
import { close } from './overlay.ts'
import { actions } from './registry.ts'

/** Everything that can be done now, by name. */
export function Palette() {
  const options = actions.value
    .filter(({ id, enabled }) => id !== 'palette' && (enabled?.() ?? true))
    .map(({ id, title, group, keys, run }): Option => {
      const [shortcut] = keys
      return { key: id, label: title, section: group, ...(shortcut && { shortcut }), run }
    })
  return (
    <Dialog label="All commands" class="palette" titled={false} onClose={close}>
      <Picker
        label="Type a command, or words to search for"
        options={options}
        onClose={close}
        create={{ title: (text) => `Search for “${text}”`, icon: Search, run: search }}
      />
    </Dialog>
  )
}

function search(text: string): void {
  setFilters(withFilter(filters.peek(), 'q', [text]))
}
