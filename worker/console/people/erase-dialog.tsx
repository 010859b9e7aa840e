import { useState } from 'preact/hooks'
import type { Erasure, Total } from '../../../sdk/wire/index.ts'
import { close } from '../actions/overlay.ts'
import { go } from '../address/address.ts'
import { explain } from '../collector/answer.ts'
import { erasePerson } from '../collector/people.ts'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { plural, totalInWords } from '../controls/total.ts'
import { reload } from '../inbox/inbox.ts'
import { triaged } from '../triage/workspace.ts'
import { isConfirmed } from './who.ts'

interface EraseProps {
  /** As the collector asks for them. */
  who: string
  name: string
  total: Total
  /** How many records: the verified person and what pages claim. */
  records: number
}

/** Asks before somebody is erased, by name, and says what went. */
export function EraseDialog({ who, name, total, records }: EraseProps) {
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<'asking' | 'erasing' | 'done'>('asking')
  const [gone, setGone] = useState<Erasure>({ items: 0, people: 0, remaining: 0 })
  const [failure, setFailure] = useState<string | null>(null)
  const isSure = isConfirmed(typed, name, total)

  const erase = async () => {
    setState('erasing')
    setFailure(null)
    let sum = gone
    for (;;) {
      const answer = await erasePerson(who)
      if (!answer.ok) {
        const { what, next } = explain(answer.failure)
        setFailure(`${what} ${next} ${plural(sum.items, 'item')} erased so far; erasing again goes on with the rest.`)
        return setState('asking')
      }
      const { items, people, remaining } = answer.value
      sum = { items: sum.items + items, people: sum.people + people, remaining }
      setGone(sum)
      if (remaining === 0) break
    }
    triaged.value += 1
    // So that nothing of what went is listed when the inbox stands there again.
    await reload()
    setState('done')
  }

  if (state === 'done') {
    const leave = () => {
      close()
      go({ item: null })
    }
    return (
      <Dialog label={`${name} is erased`} class="edit" onClose={leave}>
        <div class="edit-form">
          <p role="status">
            Erased: {plural(gone.items, 'item')} and {plural(gone.people, 'record')} of the person. What they said
            before this moment and sends itself later is refused.
          </p>
          <div class="dialog-foot">
            <Button look="primary" onClick={leave}>
              Back to the inbox
            </Button>
          </div>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog label={`Erase ${name}?`} class="edit" onClose={close}>
      <form
        class="edit-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure) void erase()
        }}
      >
        <p>This goes for good, from the inbox, the search and every later export:</p>
        <ul class="erase-what">
          <li>
            <strong>{total.exact ? plural(total.count, 'item') : `${totalInWords(total)} items`}</strong> with their
            words, answers, scores, images and notes
          </li>
          {records > 0 && (
            <li>
              <strong>{plural(records, 'record')}</strong> of the person: name, e-mail, traits
            </li>
          )}
          <li>what is still on its way from their devices: it will be refused</li>
        </ul>
        <p class="quiet">Their account stays. Files that were exported before are not changed.</p>
        <label class="form-field">
          <span>
            Type{' '}
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            or the number of items to go on
          </span>
          <input
            type="text"
            dir="auto"
            autocomplete="off"
            value={typed}
            disabled={state === 'erasing'}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        {failure && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        {state === 'erasing' && (
          <p role="status">
            Erasing… {plural(gone.items, 'item')} so far
            {gone.remaining > 0 && `, ${plural(gone.remaining, 'item')} left`}.
          </p>
        )}
        <div class="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" class="danger" type="submit" disabled={!isSure || state === 'erasing'}>
            Erase for good
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
