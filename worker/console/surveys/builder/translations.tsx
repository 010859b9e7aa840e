import { Plus, Trash2 } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { mayEdit } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { languageName } from '../../filters/fields.ts'
import { type Draft, editable } from '../draft/draft.ts'
import {
  addLanguage,
  isMissing,
  isSpoken,
  languagesOf,
  missingIn,
  outdatedIn,
  readLanguage,
  removeLanguage,
  setDefaultLanguage,
  textRows,
  translate,
  widgetLanguages,
} from '../draft/languages.ts'
import { openKey } from '../drafts.ts'
import { previewLanguage } from '../preview-state.ts'
import { base, change } from '../workbench.ts'
import { Editable } from './editable.tsx'
import { Field, TextField } from './field.tsx'

/** Every text of the survey in two languages beside each other. */
export function Translations({ draft }: { draft: Draft }) {
  const languages = languagesOf(draft)
  const others = languages.filter((tag) => tag !== draft.language)
  const [chosen, setChosen] = useState('')
  const shown = others.includes(chosen) ? chosen : (others[0] ?? null)
  // What is being translated is what the preview shows.
  useEffect(() => {
    if (shown !== null) previewLanguage.value = shown
    // Elsewhere the default language is written, and is seen.
    return () => {
      previewLanguage.value = ''
    }
  }, [shown])
  return (
    <section class="translations" aria-label="Languages">
      <Editable label="Default language" class="default-language">
        <DefaultLanguage draft={draft} languages={languages} />
      </Editable>
      {others.length > 0 && (
        <ul class="languages" aria-label="Translations">
          {others.map((tag) => (
            <li key={tag}>
              <button type="button" class="language" aria-pressed={tag === shown} onClick={() => setChosen(tag)}>
                <span>{languageName(tag)}</span>
                <Progress draft={draft} language={tag} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {mayEdit.value && <AddLanguage draft={draft} onAdded={setChosen} />}
      {shown !== null && <Table draft={draft} language={shown} />}
      {shown === null && (
        <p class="field-hint">
          Everybody reads the survey in {languageName(draft.language)}. Add a language to translate each text beside it.
        </p>
      )}
    </section>
  )
}

function DefaultLanguage({ draft, languages }: { draft: Draft; languages: readonly string[] }) {
  return (
    <Field
      label="Default language"
      paths={['language']}
      hint="Shown to people who speak none of the others. Every text must be written in it."
    >
      {(attributes) => (
        <select
          {...attributes}
          class="input"
          value={draft.language}
          onChange={(event) => {
            const next = event.currentTarget.value
            change((before) => setDefaultLanguage(before, next))
          }}
        >
          {languages.map((tag) => {
            const missing = missingIn(draft, tag)
            const isReady = tag === draft.language || missing === 0
            return (
              <option key={tag} value={tag} disabled={!isReady}>
                {languageName(tag)}
                {!isReady && ` (${missing} not translated yet)`}
              </option>
            )
          })}
        </select>
      )}
    </Field>
  )
}

function Progress({ draft, language }: { draft: Draft; language: string }) {
  const missing = missingIn(draft, language)
  if (missing === 0) return <span class="tone-good">complete</span>
  return <span class="tone-notice">{missing} missing</span>
}

function AddLanguage({ draft, onAdded }: { draft: Draft; onAdded: (tag: string) => void }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const offered = widgetLanguages.filter((tag) => readLanguage(tag, draft) !== null)
  const add = () => {
    const byName = offered.find((tag) => languageName(tag).toLowerCase() === typed.trim().toLowerCase())
    const tag = readLanguage(byName ?? typed, draft)
    setWrong(tag === null)
    if (tag === null) return
    change((before) => addLanguage(before, tag))
    setTyped('')
    onAdded(tag)
  }
  return (
    <form
      class="add-language"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label class="hidden-text" for="add-language">
        Language to add
      </label>
      <input
        id="add-language"
        class="input"
        list="known-languages"
        autocomplete="off"
        placeholder="German, or pt-BR"
        value={typed}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'add-language-fault' : undefined}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <datalist id="known-languages">
        {offered.map((tag) => (
          <option key={tag} value={languageName(tag)} />
        ))}
      </datalist>
      <Button type="submit" icon={Plus} look="outline">
        Add a language
      </Button>
      {wrong && (
        <p class="field-fault" id="add-language-fault" role="alert">
          Choose one from the list, or write its code, such as pt-BR, unless it is there already.
        </p>
      )}
    </form>
  )
}

function Table({ draft, language }: { draft: Draft; language: string }) {
  const name = languageName(language)
  const before = base.value
  const outdated = before === null ? null : outdatedIn(editable(before), draft, language)
  const remove = () => {
    const key = openKey.peek()
    change((now) => removeLanguage(now, language))
    const undo = () => change((now) => restore(now, draft, language), key)
    notify({ tone: 'plain', text: `${name} was removed.`, action: { label: 'Undo', run: undo } })
  }
  return (
    <div class="translation">
      <div class="translation-head">
        <span>{languageName(draft.language)}</span>
        <span>
          {name}
          {mayEdit.value && <Button icon={Trash2} label={`Remove ${name}`} onClick={remove} />}
        </span>
      </div>
      {!isSpoken(draft, language) && (
        <p class="question-warning">
          The first question decides. Until it is translated, people who speak {name} see everything in{' '}
          {languageName(draft.language)}.
        </p>
      )}
      <Editable label={name} class="translation-texts">
        <ol>
          {textRows(draft).map(({ path, label, text, isLong }) => (
            <li key={path} class={isMissing(text, language) ? 'missing' : ''}>
              <p class="translation-source">
                <span class="translation-place">{label}</span>
                <span lang={draft.language} dir="auto">
                  {text[draft.language] || '…'}
                </span>
              </p>
              <TextField
                label={`${label} in ${name}`}
                hiddenLabel
                path={path}
                language={language}
                isLong={isLong}
                value={text[language] ?? ''}
                placeholder="Not translated yet"
                hint={
                  outdated?.has(path) && `The ${languageName(draft.language)} beside it is not what was translated.`
                }
                onInput={(said) => change((before) => translate(before, path, language, said))}
              />
            </li>
          ))}
        </ol>
      </Editable>
      {missingIn(draft, language) > 0 && (
        <p class="field-hint">What is missing is shown in {languageName(draft.language)}.</p>
      )}
    </div>
  )
}

/** The texts of a language back into the survey as it is now, where they still have a place. */
function restore(now: Draft, before: Draft, language: string): Draft {
  const said = new Map(textRows(before).map(({ path, text }) => [path, text[language] ?? '']))
  return textRows(now).reduce((draft, { path }) => translate(draft, path, language, said.get(path) ?? ''), now)
}
