import { CircleAlert, TriangleAlert, X } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Keycap } from './keycap.tsx'
import { dismiss, notice } from './notices.ts'

/** The foot of the screen: the one line that is being said, read out when it changes, and above it what lasts longer. */
export function NoticeBar({ children }: { children: ComponentChildren }) {
  return (
    <div class="notice-area">
      {children}
      <Notice />
    </div>
  )
}

function Notice() {
  const said = notice.value
  return (
    <div role="status">
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
