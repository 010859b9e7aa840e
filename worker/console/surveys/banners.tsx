import { CircleAlert, GitCompare, Radio } from 'lucide'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { languageName } from '../filters/fields.ts'
import { inWords } from './builder/field.tsx'
import { changesBetween } from './draft/changes.ts'
import { editable } from './draft/draft.ts'
import { placeInWords } from './draft/languages.ts'
import { unsaved } from './drafts.ts'
import { keepMine, takeTheirs, theirs } from './saving.ts'
import { goToPath, section } from './sections.ts'
import { base, draft, faults } from './workbench.ts'

/** Somebody else saved this survey meanwhile: what they did, and what to do about it. */
export function Conflict() {
  const other = theirs.value
  if (other === null || base.value === null) return null
  const { lines } = changesBetween(editable(base.value), editable(other), languageName)
  return (
    <div class="banner warn" role="alert">
      <Icon of={GitCompare} />
      <div>
        <p class="banner-title">
          Somebody changed this survey while you were editing it. Nothing was saved, and what you wrote is still here.
        </p>
        <Lines of={lines} />
        <p class="banner-ways">
          <Button look="outline" onClick={keepMine}>
            Keep mine
          </Button>
          <Button look="outline" onClick={takeTheirs}>
            Show theirs
          </Button>
          <span class="quiet">Keep mine, and saving again puts it in place of theirs.</span>
        </p>
      </div>
    </div>
  )
}

/** What is wrong, each with the way to it. */
export function Faults() {
  if (section.value === 'expert' || faults.value.length === 0) return null
  return (
    <div class="banner bad" role="alert">
      <Icon of={CircleAlert} />
      <div>
        <p class="banner-title">
          {faults.value.length === 1
            ? 'One thing must be mended before it can be saved.'
            : `${faults.value.length} things must be mended before it can be saved.`}
        </p>
        <ul class="banner-lines">
          {faults.value.map(({ path, reason }) => (
            <li key={`${path} ${reason}`}>
              {path !== '' && (
                <>
                  <button type="button" class="text-button" onClick={() => goToPath(path)}>
                    {placeInWords(path, draft.value?.language)}
                  </button>
                  {': '}
                </>
              )}
              {inWords(reason)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** What saving changes for people, while a survey that they know is being edited. */
export function Changes() {
  const [before, now] = [base.value, draft.value]
  if (before === null || now === null || unsaved.value === null || theirs.value !== null) return null
  const { lines, isVersion } = changesBetween(editable(before), now, languageName)
  if (lines.length === 0) return null
  const isLive = before.state === 'live'
  return (
    <details class={`banner ${isLive ? 'info' : 'plain'}`}>
      <summary>
        <Icon of={Radio} />
        <span class="banner-title">{summary(isLive, isVersion ? before.version + 1 : null)}</span>
      </summary>
      <Lines of={lines} />
      <p class="banner-note">
        {isLive && 'Pages that are opened after you save get it, within an hour where it is cached. '}
        {isVersion &&
          `Answers to version ${before.version} and before stay, and are read with the questions of their time.`}
      </p>
    </details>
  )
}

function summary(isLive: boolean, next: number | null): string {
  const start = isLive ? 'This survey is live. ' : ''
  if (next !== null) return `${start}Saving begins version ${next}. See what changes.`
  return `${start}Saving changes no question, so the version stays. See what changes.`
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul class="banner-lines">
      {of.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  )
}
