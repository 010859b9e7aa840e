import { useState } from 'preact/hooks'
import type { Status } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { project } from '../../collector/session.ts'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { plural, totalInWords } from '../../controls/total.ts'
import { loadCounts } from '../../inbox/counts.ts'
import { moveAll } from './move.ts'
import { Progress } from './progress.tsx'
import { change, countOf, loadUsage } from './settings.ts'

/** Asks where the items of a status go, moves them, and then takes the status away. */
export function RemoveStatus({ status, onDone }: { status: Status; onDone: () => void }) {
  const others = (project.value?.statuses ?? []).filter(({ key }) => key !== status.key)
  const [to, setTo] = useState(others.find(({ stage }) => stage === status.stage)?.key ?? others[0]?.key ?? 'open')
  const [moved, setMoved] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const count = countOf('status', status.key)
  const words =
    count === undefined ? 'The items' : count.exact ? plural(count.count, 'item') : `${totalInWords(count)} items`
  const inTray = count?.spam.count ? `, ${totalInWords(count.spam)} of them in Spam` : ''
  const label = others.find(({ key }) => key === to)?.label ?? to
  const run = async () => {
    setProblem(null)
    setMoved(0)
    const result = await moveAll('status', status.key, { status: to }, setMoved)
    setMoved(null)
    if (!result.ok) {
      const { what, next } = explain(result.failure)
      setProblem(
        `${plural(result.changed, 'item')} moved, then it broke off. ${what} ${next} What is left stands where it did.`,
      )
    } else {
      const removed = await change(
        ({ statuses }) => ({ statuses: statuses.filter(({ key }) => key !== status.key) }),
        `${status.label} was removed, and ${plural(result.changed, 'item')} moved to ${label}.`,
      )
      if (removed.ok) onDone()
      else setProblem(removed.why)
    }
    void loadUsage()
    void loadCounts()
  }
  return (
    <Dialog label={`Remove “${status.label}”`} class="export" onClose={onDone}>
      <p class="export-what">
        {words} stand{count?.count === 1 ? 's' : ''} in it, in all environments{inTray}. Where shall{' '}
        {count?.count === 1 ? 'it' : 'they'} go?
      </p>
      <label class="setup-field">
        <span class="setup-field-label">Move to</span>
        <select
          class="input"
          value={to}
          disabled={moved !== null}
          onChange={(event) => setTo(event.currentTarget.value)}
        >
          {others.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <Progress done={moved} of={count} />
      {problem && (
        <p class="setup-fault" role="alert">
          {problem}
        </p>
      )}
      <div class="dialog-foot setup-dialog-choices">
        <Button look="outline" onClick={onDone}>
          Keep it
        </Button>
        <Button look="primary" disabled={moved !== null} onClick={() => void run()}>
          Move and remove
        </Button>
      </div>
    </Dialog>
  )
}
