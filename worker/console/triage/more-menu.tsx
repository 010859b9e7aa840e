import { EyeOff, Link, Merge, ShieldAlert, Split, Trash2, type IconNode } from 'lucide'
import { close } from '../actions/overlay.ts'
import { actions } from '../actions/registry.ts'
import { Icon } from '../controls/icon.tsx'
import { selectedCount } from '../inbox/selected.ts'
import { Picker, type Option } from '../controls/picker.tsx'

const shown: Record<string, IconNode> = {
  merge: Merge,
  unmerge: Split,
  redact: EyeOff,
  spam: ShieldAlert,
  'copy-link': Link,
  delete: Trash2,
}

/** What can be done to several at once. */
const forMany = new Set(['merge', 'spam', 'delete'])

/** What is done to items now and then; the same actions as the keys and the palette. */
export function MorePicker() {
  const isMany = selectedCount.value > 0
  const options = Object.entries(shown).flatMap(([id, icon]): Option[] => {
    const action = actions.value.find((one) => one.id === id)
    if (!action || (isMany && !forMany.has(id)) || !(action.enabled?.() ?? true)) return []
    const [shortcut] = action.keys
    return [{ key: id, label: action.title, icon: <Icon of={icon} />, ...(shortcut && { shortcut }), run: action.run }]
  })
  return <Picker label="What to do" options={options} onClose={close} />
}
