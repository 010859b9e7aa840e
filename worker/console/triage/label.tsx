import { X } from 'lucide'
import { Icon } from '../controls/icon.tsx'
import { isolate } from '../controls/isolate.ts'

interface LabelChipProps {
  name: string
  /** Makes the name a button that lists everything with this label. */
  onFilter?: () => void
  onRemove?: () => void
}

export function LabelChip({ name, onFilter, onRemove }: LabelChipProps) {
  return (
    <span class="label-chip">
      {onFilter ? (
        <button
          type="button"
          class="label-name"
          dir="auto"
          title={isolate(`Everything labelled ${name}`)}
          onClick={onFilter}
        >
          {name}
        </button>
      ) : (
        <span class="label-name" dir="auto">
          {name}
        </span>
      )}
      {onRemove && (
        <button type="button" class="label-remove" aria-label={`Remove label ${name}`} onClick={onRemove}>
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  )
}
