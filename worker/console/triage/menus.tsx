import { Plus } from 'lucide'
import { close, overlay, type Overlay } from '../actions/overlay.ts'
import { project } from '../collector/session.ts'
import { Picker, type Option } from '../controls/picker.tsx'
import { Popover } from '../controls/popover.tsx'
import { plural } from '../controls/total.ts'
import { targets } from '../inbox/inbox.ts'
import { AssignPicker } from './assign-menu.tsx'
import { addLabel, removeLabel, setStatus } from './commands.ts'
import { MorePicker } from './more-menu.tsx'
import { StatusIcon } from './status.tsx'
import { items } from './workspace.ts'

/** The menus of triage, for the open item or everything ticked. */
export function TriageMenus() {
  const shown = overlay.value
  const label = shown ? titles[shown.shows] : undefined
  if (!label || !shown || !('anchor' in shown)) return null
  return (
    <Popover label={label} anchor={shown.anchor} onClose={close}>
      {shown.shows === 'status' && <StatusPicker />}
      {shown.shows === 'labels' && <LabelPicker />}
      {shown.shows === 'assign' && <AssignPicker label={forWhat('Set assignee')} />}
      {shown.shows === 'more' && <MorePicker />}
    </Popover>
  )
}

const titles: Partial<Record<Overlay['shows'], string>> = {
  status: 'Status',
  labels: 'Labels',
  assign: 'Assignee',
  more: 'More',
}

function StatusPicker() {
  const current = new Set(targets.value.map((id) => items.get(id)?.value.status))
  const options = (project.value?.statuses ?? []).map(({ key, label }): Option => ({
    key,
    label,
    icon: <StatusIcon of={key} />,
    checked: current.size === 1 && current.has(key),
    run: () => setStatus(key),
  }))
  return <Picker label={forWhat('Set status')} options={options} onClose={close} empty="No status has this name." />
}

function LabelPicker() {
  const labelled = targets.value.map((id) => items.get(id)?.value.labels ?? [])
  const known = [...new Set([...(project.value?.labels ?? []), ...labelled.flat()])].sort((one, other) =>
    one.localeCompare(other),
  )
  const options = known.map((label): Option => {
    const count = labelled.filter((labels) => labels.includes(label)).length
    const all = count === labelled.length
    return {
      key: label,
      label,
      checked: count > 0 && all,
      ...(count > 0 && !all && !targets.value.everything && { detail: `on ${count} of ${labelled.length}` }),
      run: () => (all ? removeLabel(label) : void addLabel(label)),
    }
  })
  return (
    <Picker
      label={forWhat('Add or remove labels')}
      options={options}
      multiple
      onClose={close}
      empty="No labels yet. Type a name to make one."
      create={{ title: (text) => `Create label “${text}”`, icon: Plus, run: (text) => void addLabel(text) }}
    />
  )
}

function forWhat(title: string): string {
  const count = targets.value.everything?.count ?? targets.value.length
  return count > 1 ? `${title} of ${plural(count, 'item')}` : title
}
