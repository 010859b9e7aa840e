import { project } from '../collector/session.ts'
import { choose } from './choice.ts'

/** Every zone that the browser knows; UTC is not always among them. */
const zones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

/** In which zone times are told once more, in the form that spreadsheets read as dates. */
export function ZoneChoice({ zone, isFixed }: { zone: string; isFixed: boolean }) {
  const own = project.value?.timeZone ?? 'UTC'
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const near = [...new Set([own, here, 'UTC', zone])]
  return (
    <div class="export-line">
      <label for="export-zone">Times in</label>
      <div class="export-zone">
        <select
          id="export-zone"
          value={zone}
          disabled={isFixed}
          aria-describedby="export-zone-note"
          onChange={(event) => choose({ zone: event.currentTarget.value === own ? null : event.currentTarget.value })}
        >
          <optgroup label="Near">
            {near.map((name) => (
              <option key={name} value={name}>
                {name === own ? `${name} (the project’s)` : name === here ? `${name} (this computer’s)` : name}
              </option>
            ))}
          </optgroup>
          <optgroup label="All">
            {zones()
              .filter((name) => !near.includes(name))
              .map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
          </optgroup>
        </select>
        <p class="quiet" id="export-zone-note">
          {isFixed
            ? 'The zone in which the days of the filter are counted. Each time stands there in UTC too.'
            : 'Each time stands there in UTC too.'}
        </p>
      </div>
    </div>
  )
}
