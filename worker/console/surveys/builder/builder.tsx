import { Braces } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { followTo } from '../../address/address.ts'
import { Blank } from '../../controls/blank.tsx'
import type { Draft } from '../draft/draft.ts'
import { withText } from '../draft/questions.ts'
import { isNew } from '../drafts.ts'
import { Editor } from '../editor.tsx'
import { findField, section, sectionHref, sectionPlace, wantedPath } from '../sections.ts'
import { change, draft } from '../workbench.ts'
import { Audience } from './audience.tsx'
import { Editable } from './editable.tsx'
import { TextField } from './field.tsx'
import { QuestionList } from './question-list.tsx'
import { Translations } from './translations.tsx'
import { WaysMap } from './ways-map.tsx'

/** The part of the survey that is on screen. All parts edit the same draft. */
export function Builder() {
  const root = useRef<HTMLDivElement>(null)
  const wanted = wantedPath.value
  useEffect(() => {
    if (wanted === null || !root.current) return
    const field = findField(root.current, wanted)
    field?.scrollIntoView({ block: 'center' })
    field?.focus()
    wantedPath.value = null
  })
  if (section.value === 'expert') return <Editor />
  if (draft.value === null) return <Unreadable />
  return (
    <div class="builder" ref={root}>
      <Part draft={draft.value} />
    </div>
  )
}

function Part({ draft: now }: { draft: Draft }) {
  switch (section.value) {
    case 'ways':
      return <WaysMap draft={now} />
    case 'audience':
      return <Audience draft={now} />
    case 'languages':
      return <Translations draft={now} />
    case 'questions':
    case 'preview':
    case 'expert':
      return (
        <>
          <Names draft={now} />
          <QuestionList draft={now} />
          <Thanks draft={now} />
        </>
      )
  }
}

function Names({ draft: { name, id } }: { draft: Draft }) {
  return (
    <Editable label="Name" class="names">
      <TextField
        label="Name"
        path="name"
        value={name}
        hint="For your team only; people never see it."
        onInput={(said) => change((before) => ({ ...before, name: said }))}
      />
      {isNew.value && (
        <TextField
          label="Id"
          path="id"
          value={id}
          hint="Answers carry it. It never changes."
          onInput={(said) => change((before) => ({ ...before, id: said.trim() }))}
        />
      )}
    </Editable>
  )
}

function Thanks({ draft: { thanks, language } }: { draft: Draft }) {
  return (
    <Editable label="Thanks" class="thanks">
      <TextField
        label="Thanks at the end"
        path="thanks"
        language={language}
        value={thanks?.[language] ?? ''}
        placeholder="Thank you"
        onInput={(said) =>
          change(({ thanks: before, ...rest }) => {
            const text = withText(before, language, said)
            return text === null ? rest : { ...rest, thanks: text }
          })
        }
      />
    </Editable>
  )
}

function Unreadable() {
  const expert = sectionPlace('expert')
  return (
    <Blank icon={Braces} title="The text of this survey cannot be read" alert>
      It was changed in the expert view to something that the builder cannot show. Nothing is lost.{' '}
      <a class="text-link" href={sectionHref('expert')} onClick={(event) => followTo(event, expert)}>
        Mend it there
      </a>
      .
    </Blank>
  )
}
