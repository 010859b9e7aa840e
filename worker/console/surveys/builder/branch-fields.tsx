import { CornerDownRight, Plus, X } from 'lucide'
import type { SurveyBranch, SurveyQuestion } from '../../../../sdk/wire/index.ts'
import { Button } from '../../controls/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import {
  conditionFor,
  conditionInWords,
  type Sentence,
  sentenceOf,
  sentencesFor,
  sentenceWords,
} from '../draft/conditions.ts'
import type { Draft } from '../draft/draft.ts'
import type { Ways } from '../draft/ways.ts'
import { change, faults } from '../workbench.ts'
import { ConditionValues } from './condition-values.tsx'
import { FaultLines, inWords } from './field.tsx'
import { questionName } from './leads.ts'

interface BranchFieldsProps {
  draft: Draft
  question: SurveyQuestion
  index: number
  ways: Ways
}

/** Where a question leads: sentences that are tried from the top, and what happens otherwise. */
export function BranchFields({ draft, question, index, ways }: BranchFieldsProps) {
  const branches = question.next ?? []
  const set = (next: SurveyBranch[]) =>
    change((before) => {
      const { next: _next, ...rest } = before.questions[index] ?? question
      const after = next.length > 0 ? { ...rest, next } : rest
      return { ...before, questions: before.questions.with(index, after) }
    })
  const otherwise = ways.out[index]?.find(({ branch }) => branch === null)
  const isLast = index === draft.questions.length - 1
  const add = () => {
    const [first = 'always'] = sentencesFor(question)
    const after = draft.questions[index + 2]?.id ?? 'end'
    set([...branches, { when: conditionFor(first, question), go: after }])
  }
  return (
    <fieldset class="branches">
      <legend class="field-label">What comes next</legend>
      <ol>
        {branches.map((branch, at) => (
          <BranchRow
            key={at}
            draft={draft}
            question={question}
            index={index}
            at={at}
            branch={branch}
            isNever={ways.never[index]?.includes(at) ?? false}
            onChange={(next) => set(branches.with(at, next))}
            onRemove={() => set(branches.toSpliced(at, 1))}
          />
        ))}
      </ol>
      <p class="branch-otherwise">
        <Icon of={CornerDownRight} size={14} />
        {otherwise
          ? `${branches.length > 0 ? 'Otherwise' : 'Always'}, ${isLast ? 'the end' : `the next question, ${questionName(draft, otherwise.to)}`}.`
          : 'Every answer is covered by the sentences above.'}
      </p>
      {!isLast && (
        <Button icon={Plus} onClick={add}>
          Add a branch
        </Button>
      )}
      {isLast && branches.length === 0 && (
        <p class="field-hint">The last question leads to the end. A question after it could be branched to.</p>
      )}
    </fieldset>
  )
}

interface BranchRowProps extends Omit<BranchFieldsProps, 'ways'> {
  at: number
  branch: SurveyBranch
  isNever: boolean
  onChange: (next: SurveyBranch) => void
  onRemove: () => void
}

function BranchRow({ draft, question, index, at, branch, isNever, onChange, onRemove }: BranchRowProps) {
  const path = `questions[${index}].next[${at}]`
  const sentence = sentenceOf(branch.when, question)
  const wrong = faults.value.filter((fault) => fault.path.startsWith(path)).map(({ reason }) => inWords(reason))
  const say = (next: Sentence) => next !== 'other' && onChange({ ...branch, when: conditionFor(next, question) })
  return (
    <li class="branch" aria-label={`Branch ${at + 1}`}>
      <div class="branch-line">
        <div class="branch-sentence">
          {sentence !== 'always' && <span>When</span>}
          <select
            class="input"
            data-path={`${path}.when`}
            aria-label="Condition"
            value={sentence}
            onChange={(event) => say(event.currentTarget.value as Sentence)}
          >
            {sentencesFor(question).map((one) => (
              <option key={one} value={one}>
                {sentenceWords(one, question)}
              </option>
            ))}
            {sentence === 'other' && (
              <option value="other">{conditionInWords(branch.when, question, draft.language)}</option>
            )}
          </select>
          <ConditionValues
            question={question}
            when={branch.when}
            sentence={sentence}
            language={draft.language}
            onChange={(when) => onChange({ ...branch, when })}
          />
          <span>go to</span>
          <TargetSelect
            draft={draft}
            index={index}
            path={`${path}.go`}
            go={branch.go}
            onChange={(go) => onChange({ ...branch, go })}
          />
        </div>
        <Button icon={X} label={`Remove branch ${at + 1}`} onClick={onRemove} />
      </div>
      <FaultLines of={wrong} />
      {isNever && wrong.length === 0 && (
        <p class="question-warning">This never happens: the sentences above it cover these answers already.</p>
      )}
    </li>
  )
}

interface TargetSelectProps {
  draft: Draft
  index: number
  path: string
  go: string
  onChange: (go: string) => void
}

/** Only what comes later is offered; what stands there and cannot be is shown, so that it can be mended. */
function TargetSelect({ draft, index, path, go, onChange }: TargetSelectProps) {
  const later = draft.questions.slice(index + 1)
  const isThere = go === 'end' || later.some(({ id }) => id === go)
  const earlier = draft.questions.findIndex(({ id }) => id === go)
  return (
    <select
      class="input branch-target"
      aria-label="Go to"
      data-path={path}
      aria-invalid={!isThere}
      value={go}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {!isThere && (
        <option value={go} disabled>
          {earlier >= 0 ? `Question ${earlier + 1}, which comes earlier` : 'A question that is gone'}
        </option>
      )}
      {later.map(({ id, text }, place) => (
        <option key={id} value={id}>
          {index + place + 2}. {text[draft.language] || 'A question without text'}
        </option>
      ))}
      <option value="end">the end</option>
    </select>
  )
}
