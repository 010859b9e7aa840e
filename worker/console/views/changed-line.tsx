import { open } from '../actions/overlay.ts'
import { openView, currentView, isChanged, mayChange, updateToScreen } from './saved.ts'

/** Said above the list where the filters are no longer those of the opened view. */
export function ChangedLine() {
  const saved = currentView.value
  if (!saved || !isChanged.value) return null
  return (
    <div class="changed-line" role="group" aria-label="The opened view was changed">
      <span class="changed-what">
        Changed from “<bdi>{saved.name}</bdi>”
      </span>
      {mayChange(saved) && (
        <button type="button" class="text-button" onClick={() => void updateToScreen(saved)}>
          Update view
        </button>
      )}
      <button type="button" class="text-button" onClick={() => open({ shows: 'view', id: null })}>
        Save as new
      </button>
      <button type="button" class="text-button" onClick={() => openView(saved)}>
        Reset
      </button>
    </div>
  )
}
