import { Ellipsis, type IconNode } from 'lucide'
import { useRef, useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { Picker } from '../controls/picker.tsx'
import { Popover } from '../controls/popover.tsx'

export interface RowAction {
  label: string
  icon: IconNode
  run: () => void
}

/** What is done to one line of a table now and then. */
export function RowMenu({ label, actions }: { label: string; actions: readonly RowAction[] }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  return (
    <>
      <Button
        icon={Ellipsis}
        label={label}
        popup="dialog"
        expanded={isOpen}
        buttonRef={button}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <Popover label={label} anchor={button.current} onClose={close}>
          <Picker
            label="What to do"
            options={actions.map(({ label, icon, run }) => ({ key: label, label, icon: <Icon of={icon} />, run }))}
            onClose={close}
          />
        </Popover>
      )}
    </>
  )
}
