import { Ban, Bug, FileText, Gauge, Package, Tag, type IconNode } from 'lucide'
import { groupings, type Grouping } from '../../../sdk/wire/index.ts'
import { close, overlay } from '../actions/overlay.ts'
import { setOptions } from '../address/address.ts'
import { Icon } from '../controls/icon.tsx'
import { Picker, type Option } from '../controls/picker.tsx'
import { Popover } from '../controls/popover.tsx'
import { groupingNames } from './group.ts'
import { grouping } from './sections.ts'

const icons: Record<Grouping, IconNode> = { kind: Bug, path: FileText, score: Gauge, release: Package, label: Tag }

/** What to group the list by. */
export function GroupMenu() {
  const shown = overlay.value
  if (shown?.shows !== 'group') return null
  const options: Option[] = [
    {
      key: 'none',
      label: 'No groups',
      icon: <Icon of={Ban} />,
      checked: grouping.value === null,
      run: () => setOptions({ group: null, open: null }),
    },
    ...groupings.map((by): Option => ({
      key: by,
      label: groupingNames[by].name,
      icon: <Icon of={icons[by]} />,
      checked: grouping.value === by,
      run: () => setOptions({ group: by, open: null }),
    })),
  ]
  return (
    <Popover label="Group by" anchor={shown.anchor} onClose={close}>
      <Picker label="Group by" options={options} onClose={close} />
    </Popover>
  )
}
