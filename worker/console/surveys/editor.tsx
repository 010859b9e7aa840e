import { useRef } from 'preact/hooks'
import type { Issue } from '../../../sdk/wire/index.ts'
import { mayEdit } from '../collector/session.ts'
import { findPlace } from './find-place.ts'
import { edit, faults, text } from './surveys.ts'

/** The definition as JSON, with what the collector found wrong in it; each fault leads to its place. */
export function Editor() {
  const area = useRef<HTMLTextAreaElement>(null)
  const issues = faults.value
  return (
    <div class="survey-editor">
      <label class="side-title" for="survey-text">
        Definition
      </label>
      {issues.length > 0 && (
        <div class="faults" role="alert" id="survey-faults">
          <p>
            {issues.length === 1
              ? 'Not saved: one place is at fault.'
              : `Not saved: ${issues.length} places are at fault.`}
          </p>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.path} ${issue.reason}`}>
                <Fault issue={issue} onGo={() => area.current && reveal(area.current, issue)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <textarea
        ref={area}
        id="survey-text"
        class="survey-text"
        spellcheck={false}
        autocomplete="off"
        readOnly={!mayEdit.value}
        aria-invalid={issues.length > 0}
        aria-describedby={issues.length > 0 ? 'survey-faults' : undefined}
        value={text.value}
        onInput={(event) => edit(event.currentTarget.value)}
      />
    </div>
  )
}

function Fault({ issue, onGo }: { issue: Issue; onGo: () => void }) {
  if (issue.path === '') return <>{issue.reason}</>
  return (
    <>
      <button type="button" class="text-button" onClick={onGo}>
        <code>{issue.path}</code>
      </button>{' '}
      {issue.reason}
    </>
  )
}

/** Selects the place of a fault, and scrolls to it. */
function reveal(area: HTMLTextAreaElement, issue: Issue): void {
  const span = findPlace(area.value, issue.path)
  area.focus()
  if (span === null) return
  area.setSelectionRange(...span)
  const line = area.value.slice(0, span[0]).split('\n').length
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight)
  area.scrollTop = Math.max(0, (line - 4) * lineHeight)
}
