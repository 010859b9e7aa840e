import { RotateCcw } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { SurveyDefinition } from '../../../sdk/wire/index.ts'
import { Button } from '../controls/button.tsx'
import { scheme } from '../controls/preferences.ts'
import { languageName } from '../filters/fields.ts'
import { shownFrom } from './draft/shown.ts'
import { languagesOf } from './draft/languages.ts'
import { previewLanguage, previewRound } from './preview-state.ts'
import { openQuestion } from './sections.ts'
import { base, draft, faults } from './workbench.ts'

/** What the widget's own preview gives: it is built from the code that pages run. */
interface PreviewModule {
  previewSurvey: (
    host: HTMLElement,
    definition: SurveyDefinition,
    options: { lang: string; theme: 'light' | 'dark' | 'auto'; strings?: object | undefined },
  ) => () => void
  previewStrings: (lang: string) => Promise<object | undefined>
}

const source = '/console/survey-preview.js'
/** Long enough to type a word. */
const pauseMs = 300

/** The survey as people will see it; it can be clicked through, and sends nothing. */
export function Preview() {
  const host = useRef<HTMLDivElement>(null)
  const [isBroken, setBroken] = useState(false)
  const [from, setFrom] = useState(0)
  const [said, setSaid] = useState(draft.peek())
  const now = draft.value
  const open = openQuestion.value
  useEffect(() => {
    const timer = setTimeout(() => now !== null && setSaid(now), pauseMs)
    return () => clearTimeout(timer)
  }, [now])
  // What is being written is what is shown.
  useEffect(() => setFrom(open ?? 0), [open])
  const languages = said === null ? [] : languagesOf(said)
  const language = languages.includes(previewLanguage.value) ? previewLanguage.value : (said?.language ?? 'en')
  const theme = scheme.value === 'system' ? 'auto' : scheme.value
  const start = Math.min(from, Math.max(0, (said?.questions.length ?? 0) - 1))
  const shown = said === null ? null : shownFrom(said, start, language, base.value?.version ?? 1)
  const key = shown === null ? '' : JSON.stringify(shown)
  useEffect(() => {
    let undo: (() => void) | null = null
    let isOver = false
    const show = async () => {
      if (host.current === null || shown === null) return
      try {
        const { previewSurvey, previewStrings } = (await import(source)) as PreviewModule
        const strings = await previewStrings(language)
        if (isOver) return
        undo = previewSurvey(host.current, shown, { lang: language, theme, strings })
        setBroken(false)
      } catch {
        // The file did not come, or the text says something that no widget can show.
        setBroken(true)
      }
    }
    void show()
    return () => {
      isOver = true
      undo?.()
    }
  }, [key, language, theme, previewRound.value])
  return (
    <aside class="survey-preview" aria-label="Preview">
      <div class="survey-preview-head">
        <h3 class="side-title">Preview</h3>
        <span class="spring" />
        {languages.length > 1 && (
          <label class="sort">
            <span class="hidden-text">Language of the preview</span>
            <select
              value={language}
              onChange={(event) => {
                previewLanguage.value = event.currentTarget.value
              }}
            >
              {languages.map((one) => (
                <option key={one} value={one}>
                  {languageName(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button
          icon={RotateCcw}
          label="Restart the preview"
          onClick={() => {
            setFrom(0)
            previewRound.value += 1
          }}
        />
      </div>
      <p class="survey-preview-problem" role="status">
        {now === null && 'The preview waits until the text can be read.'}
        {now !== null && isBroken && 'The preview cannot show this now. Restart it, or save to learn what is at fault.'}
      </p>
      <div class="survey-stage" ref={host} role="group" aria-label="Preview of the survey">
        {shown === null && now !== null && <p class="survey-stage-empty">Add a question to see it here.</p>}
      </div>
      <p class="quiet survey-preview-note">
        {start > 0 && `Begins with question ${start + 1}, which is open beside it. Restart shows it from the first. `}
        {faults.value.length > 0
          ? 'What is at fault may show otherwise than it will be.'
          : 'Nothing is sent from here.'}
      </p>
    </aside>
  )
}
