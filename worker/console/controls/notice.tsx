import { CircleAlert, TriangleAlert, X } from 'lucide'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Keycap } from './keycap.tsx'
import { dismiss, notice } from './notices.ts'

/** The one line at the foot of the screen; read out when it changes. */
export function NoticeBar() {
  const said = notice.value
  return (
    <div class="notice-area" role="status" aria-live="polite">
      {said && (
        <div class={`notice ${said.tone}`}>
          {said.tone === 'bad' && <Icon of={CircleAlert} />}
          {said.tone === 'notice' && <Icon of={TriangleAlert} />}
          {said.progress !== undefined && (
            <progress class="notice-progress" aria-label="Progress" value={said.progress} />
          )}
          <span class="notice-text">{said.text}</span>
          {said.action && (
            <button
              type="button"
              class="notice-action"
              onClick={() => {
                dismiss(said.id)
                said.action?.run()
              }}
            >
              {said.action.label}
              {said.action.key && <Keycap of={said.action.key} />}
            </button>
          )}
          <Button icon={X} label="Dismiss" onClick={() => dismiss(said.id)} />
        </div>
      )}
    </div>
  )
}
