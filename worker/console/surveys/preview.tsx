import { RotateCcw } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { SurveyDefinition } from '../../../sdk/wire/index.ts'
import { Button } from '../controls/button.tsx'
import { scheme } from '../controls/preferences.ts'
import { faults, openSurvey, text } from './surveys.ts'

/** What the widget's own preview gives: it is built from the code that pages run. */
interface PreviewModule {
  previewSurvey: (
    host: HTMLElement,
    definition: SurveyDefinition,
    options: { lang: string; theme: 'light' | 'dark' | 'auto' },
  ) => () => void
}

const source = '/console/survey-preview.js'
/** Long enough to type a word. */
const pauseMs = 300

/** The survey as people will see it; it can be clicked through, and sends nothing. */
export function Preview() {
  const host = useRef<HTMLDivElement>(null)
  const [round, setRound] = useState(0)
  const [lang, setLang] = useState('')
  const [isUnread, setUnread] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const [definition, setDefinition] = useState(() => readDefinition(text.peek()))
  const said = text.value
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = readDefinition(said)
      if (next !== null) setDefinition(next)
      setUnread(next === null)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [said])
  const languages = definition === null ? [] : languagesOf(definition)
  const language = languages.includes(lang) ? lang : (definition?.language ?? 'en')
  const theme = scheme.value === 'system' ? 'auto' : scheme.value
  const shown = definition === null ? '' : JSON.stringify(definition)
  useEffect(() => {
    let undo: (() => void) | null = null
    let isOver = false
    const show = async () => {
      if (host.current === null || definition === null) return
      try {
        const { previewSurvey } = (await import(source)) as PreviewModule
        setBroken(false)
        if (!isOver) undo = previewSurvey(host.current, definition, { lang: language, theme })
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
  }, [shown, language, theme, round])
  return (
    <div class="survey-preview">
      <div class="survey-preview-head">
        <h3 class="side-title">Preview</h3>
        <span class="spring" />
        {languages.length > 1 && (
          <label class="sort">
            <span class="hidden-text">Language of the preview</span>
            <select value={language} onChange={(event) => setLang(event.currentTarget.value)}>
              {languages.map((one) => (
                <option key={one} value={one}>
                  {languageName(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button icon={RotateCcw} label="Restart the preview" onClick={() => setRound(round + 1)} />
      </div>
      <p class="survey-preview-problem" role="status">
        {isUnread && 'The preview waits until the text can be read.'}
        {!isUnread && isBroken && 'The preview cannot show this now. Restart it, or save to learn what is at fault.'}
      </p>
      <div class="survey-stage" ref={host} role="group" aria-label="Preview of the survey" />
      <p class="quiet survey-preview-note">
        {faults.value.length > 0
          ? 'What is at fault may show otherwise than it will be.'
          : 'Nothing is sent from here.'}
      </p>
    </div>
  )
}

/** What can be shown of a text that is being typed; null while it is no survey. */
function readDefinition(said: string): SurveyDefinition | null {
  try {
    const { id, language, questions, thanks } = JSON.parse(said) as Partial<SurveyDefinition>
    if (!Array.isArray(questions) || questions.length === 0 || typeof language !== 'string') return null
    return {
      id: id ?? 'preview',
      version: openSurvey.peek()?.version ?? 1,
      language,
      questions,
      ...(thanks && { thanks }),
    }
  } catch {
    // Half a word is no JSON.
    return null
  }
}

function languagesOf({ language, questions }: SurveyDefinition): string[] {
  return [...new Set([language, ...questions.flatMap((question) => Object.keys(question?.text ?? {}))])]
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(tag) ?? tag
  } catch {
    // No language tag; the collector will say so.
    return tag
  }
}
