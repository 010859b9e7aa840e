import { Dialog } from '../controls/dialog.tsx'
import { Keycap } from '../controls/keycap.tsx'
import type { Action } from './action.ts'
import { close } from './overlay.ts'
import { actions } from './registry.ts'

const groups = [
  'Move',
  'Triage',
  'Search and filter',
  'Surveys',
  'Numbers',
  'Set up',
  'Show',
  'Go to',
] as const satisfies Action['group'][]

/** Every key there is, from the registry itself. */
export function Help() {
  const withKeys = actions.value.filter(({ keys }) => keys.length > 0)
  return (
    <Dialog label="Keyboard shortcuts" class="help" onClose={close}>
      <div class="help-groups">
        {groups
          .filter((group) => withKeys.some((action) => action.group === group))
          .map((group) => (
            <section key={group} class="help-group">
              <h3 class="side-title">{group}</h3>
              <dl>
                {withKeys
                  .filter((action) => action.group === group)
                  .map(({ id, title, keys }) => (
                    <div class="help-line" key={id}>
                      <dt>{title}</dt>
                      <dd>
                        {keys.map((key) => (
                          <Keycap key={key} of={key} />
                        ))}
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  )
}
