import { ShieldAlert, ShieldCheck } from 'lucide'
import type { Feedback } from '../../../sdk/wire/index.ts'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { setSpam } from '../triage/commands.ts'

/** Why an item is in the spam tray, or was. */
export function Screened({ item: { id, spam, screened } }: { item: Feedback }) {
  if (!spam && !screened) return null
  const reasons = screened?.reasons ?? []
  return (
    <div class={spam ? 'screened' : 'screened out'}>
      <Icon of={spam ? ShieldAlert : ShieldCheck} />
      <div>
        <p>
          {spam
            ? screened
              ? 'It looks like a machine’s, so it was set aside:'
              : 'Marked as spam.'
            : 'Not spam, though it looked like a machine’s:'}
        </p>
        {reasons.length > 0 && (
          <ul>
            {reasons.map((one) => (
              <li key={one.code} class="first-upper">
                {one.detail}
              </li>
            ))}
          </ul>
        )}
      </div>
      {spam && mayEdit.value && (
        <Button icon={ShieldCheck} look="outline" onClick={() => setSpam(false, [id])}>
          Not spam
        </Button>
      )}
    </div>
  )
}
