import { FilePlus2 } from 'lucide'
import { Icon } from '../controls/icon.tsx'
import { typeIcons } from './builder/type-list.tsx'
import { starts } from './draft/starts.ts'
import { begin } from './workbench.ts'

/** What a new survey can begin with. */
export function Starts() {
  return (
    <section class="starts" aria-labelledby="starts-title">
      <h3 id="starts-title">What do you want to know?</h3>
      <p class="quiet">Each begins with something that works. You can change every word, and nobody sees it yet.</p>
      <ul>
        {starts.map((start) => (
          <li key={start.key}>
            <button type="button" class="start" onClick={() => begin(start)}>
              <span class="start-icon">
                <Icon of={start.type === null ? FilePlus2 : typeIcons[start.type]} size={20} />
              </span>
              <span class="start-title">{start.title}</span>
              <span class="start-about">{start.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
