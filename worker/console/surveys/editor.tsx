import { useEffect, useRef } from 'preact/hooks'
import type { Issue } from '../../../sdk/wire/index.ts'
import { mayEdit } from '../collector/session.ts'
import { findPlace } from './draft/find-place.ts'
import { wantedPath } from './sections.ts'
import { edit, faults, text } from './workbench.ts'

/** The same draft as JSON, for who prefers that, with what is wrong in it; each fault leads to its place. */
export function Editor() {
  const area = useRef<HTMLTextAreaElement>(null)
  const issues = faults.value
  const wanted = wantedPath.value
  useEffect(() => {
    if (wanted === null || !area.current) return
    reveal(area.current, wanted)
    wantedPath.value = null
  }, [wanted])
  return (
    <div class="survey-editor">
      <label class="side-title" for="survey-text">
        Definition
      </label>
      <p class="field-hint">
        The builder and this text are the same survey. Fields that the builder does not know stay.
      </p>
      {issues.length > 0 && (
        <div class="faults" role="alert" id="survey-faults">
          <p>{issues.length === 1 ? 'One place is at fault.' : `${issues.length} places are at fault.`}</p>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.path} ${issue.reason}`}>
                <Fault issue={issue} onGo={() => area.current && reveal(area.current, issue.path)} />
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
function reveal(area: HTMLTextAreaElement, path: string): void {
  const span = findPlace(area.value, path)
  area.focus()
  if (span === null) return
  area.setSelectionRange(...span)
  const line = area.value.slice(0, span[0]).split('\n').length
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight)
  area.scrollTop = Math.max(0, (line - 4) * lineHeight)
}
