import { useState } from 'preact/hooks'
import type { FeedbackPatch, Project } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { plural } from '../../controls/total.ts'
import { Field, TextField } from '../field.tsx'
import { moveAll } from './move.ts'
import { Progress } from './progress.tsx'
import { change, countOf, loadUsage } from './settings.ts'
import { renameInViews } from './views.ts'

export type LabelTask = 'rename' | 'merge' | 'delete'

const verbs = { rename: 'Rename', merge: 'Merge', delete: 'Delete' } as const

/** Renames, merges or deletes a label on every item that carries it. */
export function LabelDialog({ task, label, onDone }: { task: LabelTask; label: string; onDone: () => void }) {
  const others = (project.value?.labels ?? []).filter((one) => one !== label)
  const [to, setTo] = useState(task === 'merge' ? (others[0] ?? '') : label)
  const [changed, setChanged] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const target = to.trim()
  const count = countOf('label', label)
  const isKnown = task === 'rename' && others.includes(target)
  const isReady = task === 'delete' || (target !== '' && target !== label && !isKnown)

  const run = async () => {
    setProblem(null)
    setChanged(0)
    const patch: FeedbackPatch = { removeLabels: [label], ...(task !== 'delete' && { addLabels: [target] }) }
    const result = await moveAll('label', label, patch, setChanged)
    setChanged(null)
    if (!result.ok) {
      const { what, next } = explain(result.failure)
      setProblem(
        `${plural(result.changed, 'item')} changed, then it broke off. ${what} ${next} Do it again to change the rest.`,
      )
    } else {
      const said = {
        rename: `${label} is called ${target} now.`,
        merge: `${label} was merged into ${target}: ${plural(result.changed, 'item')} changed.`,
        delete: `${label} was deleted, and taken off ${plural(result.changed, 'item')}.`,
      }[task]
      const left = task === 'delete' ? 0 : await renameInViews(label, target)
      const more = left === 0 ? '' : ` ${plural(left, 'saved view')} could not be changed and still filter by ${label}.`
      const next = task === 'delete' ? null : target
      const stored = await change((now) => ({ labels: labelsAfter(now, label, next) }), said + more)
      if (stored.ok) onDone()
      else setProblem(stored.why)
    }
    void loadUsage()
  }

  return (
    <Dialog label={`${verbs[task]} “${label}”`} class="export" onClose={onDone}>
      <form
        class="setup-dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && changed === null) void run()
        }}
      >
        <p class="export-what">
          {whatHappens(task, count)}{' '}
          {task === 'delete' ? 'Saved views that filter by it will find nothing.' : 'Saved views follow.'}
        </p>
        {task === 'rename' && (
          <TextField
            label="New name"
            first
            value={to}
            maxLength={60}
            error={isKnown ? 'There is such a label. Merge the two instead.' : undefined}
            onText={setTo}
          />
        )}
        {task === 'merge' && (
          <Field label="Merge into">
            {(ids) => (
              <select {...ids} class="input" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                {others.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Progress done={changed} of={count} />
        {problem && (
          <p class="setup-fault" role="alert">
            {problem}
          </p>
        )}
        <div class="dialog-foot setup-dialog-choices">
          <Button look="outline" onClick={onDone}>
            Keep it
          </Button>
          <Button type="submit" look="primary" disabled={!isReady || changed !== null}>
            {verbs[task]} label
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function whatHappens(task: LabelTask, count: ReturnType<typeof countOf>): string {
  if (count?.count === 0) return 'No item carries it.'
  const many =
    count === undefined ? 'Every item that carries it' : count.exact ? plural(count.count, 'item') : 'Over 10,000 items'
  return {
    rename: `${many} will carry the new name.`,
    merge: `${many} will carry the other one instead.`,
    delete: `${many} will lose it.`,
  }[task]
}

function labelsAfter({ labels }: Project, label: string, target: string | null): string[] {
  const kept = labels.filter((one) => one !== label)
  return target === null || kept.includes(target) ? kept : [...kept, target].sort((a, b) => a.localeCompare(b))
}
