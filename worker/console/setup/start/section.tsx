import { useState } from 'preact/hooks'
import type { Key } from '../../../../sdk/wire/index.ts'
import { explain } from '../../collector/answer.ts'
import { createKey, listKeys } from '../../collector/project.ts'
import { isAdmin, project } from '../../collector/session.ts'
import { useAnswer } from '../../collector/use-answer.ts'
import { Button } from '../../controls/button.tsx'
import { notify } from '../../controls/notices.ts'
import { CardBones, NotLoaded } from '../card.tsx'
import { Arrival } from './arrival.tsx'
import { Snippets } from './code.tsx'
import { Step } from './step.tsx'
import { type Way, ways } from './snippets.ts'

const wayKey = 'earshot.way'

/** From nothing to the first submission on screen: choose, copy, send. */
export function StartSection() {
  const [way, setWay] = useState<Way>(readWay)
  const [environment, setEnvironment] = useState('production')
  const [round, setRound] = useState(0)
  const { value, failure } = useAnswer(() => (isAdmin.value ? listKeys() : null), [isAdmin.value, round])
  const keys = value?.items.filter(({ type, revokedAt }) => type === 'publishable' && revokedAt === null) ?? []
  const known = project.value?.environments ?? ['production']
  const environments = [...new Set([...known, ...keys.map((key) => key.environment)])]
  const key = keys.findLast((one) => one.environment === environment) ?? null
  const choose = (next: Way) => {
    setWay(next)
    keepWay(next)
  }
  if (failure) return <NotLoaded failure={failure} onAgain={() => setRound(round + 1)} />
  if (isAdmin.value && value === null) return <CardBones lines={6} />
  return (
    <ol class="setup-steps">
      <Step title="Choose how the widget comes into your product">
        <Ways way={way} onChoose={choose} />
        {environments.length > 1 && (
          <label class="setup-environment">
            <span>Environment</span>
            <select class="input" value={environment} onChange={(event) => setEnvironment(event.currentTarget.value)}>
              {environments.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        )}
      </Step>
      <Step title="Copy it in">
        <KeyNote shown={key} environment={environment} onMade={() => setRound(round + 1)} />
        <Snippets way={way} publishableKey={key?.id ?? null} />
      </Step>
      <Step title="Send something through it" isLast>
        <Arrival key={environment} environment={environment} way={way} publishableKey={key} />
      </Step>
    </ol>
  )
}

function Ways({ way, onChoose }: { way: Way; onChoose: (way: Way) => void }) {
  return (
    <fieldset class="setup-ways">
      <legend class="hidden-text">How the widget comes into your product</legend>
      {(Object.keys(ways) as Way[]).map((one) => (
        <label key={one} class={one === way ? 'setup-way chosen' : 'setup-way'}>
          <input type="radio" name="way" class="hidden-text" checked={one === way} onChange={() => onChoose(one)} />
          <span>{ways[one]}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Whose key stands in the snippet, or why none does. */
function KeyNote(props: { shown: Key | null; environment: string; onMade: () => void }) {
  const { shown, environment } = props
  if (shown) {
    return (
      <p class="setup-card-what">
        With the publishable key “{shown.name}” of {environment}. It may stand in pages for everybody to see: it can
        send feedback, and read none.
      </p>
    )
  }
  if (!isAdmin.value) {
    return (
      <p class="setup-note">
        Only admins see the project’s keys. Ask one of them for the publishable key, and put it where the snippet says
        YOUR_PUBLISHABLE_KEY.
      </p>
    )
  }
  const make = async () => {
    const answer = await createKey({ type: 'publishable', name: `Widget, ${environment}`, environment })
    if (answer.ok) return props.onMade()
    const { what, next } = explain(answer.failure)
    notify({ tone: 'bad', text: `No key was made. ${what} ${next}` })
  }
  return (
    <div class="setup-note">
      <p>There is no publishable key for {environment} yet.</p>
      <Button look="outline" onClick={() => void make()}>
        Make a key for {environment}
      </Button>
    </div>
  )
}

function readWay(): Way {
  try {
    const kept = localStorage.getItem(wayKey)
    return kept !== null && kept in ways ? (kept as Way) : 'script'
  } catch {
    // Storage is denied: the guide begins with the tag.
    return 'script'
  }
}

function keepWay(way: Way): void {
  try {
    localStorage.setItem(wayKey, way)
  } catch {
    // Storage is denied: the choice lasts as long as the page.
  }
}
