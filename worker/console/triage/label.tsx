import { X } from 'lucide'
import { Icon } from '../controls/icon.tsx'

export function LabelChip({ name, onRemove }: { name: string; onRemove?: () => void }) {
  return (
    <span class="label-chip">
      <span class="label-name" dir="auto">
        {name}
      </span>
      {onRemove && (
        <button type="button" class="label-remove" aria-label={`Remove label ${name}`} onClick={onRemove}>
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  )
}
