import { useState } from 'react'
import { useEarshot } from 'earshot/react'
import { settings } from './settings.js'

const words = {
  stored: 'Thank you. It arrived.',
  queued: 'Thank you. It is kept, and goes out when you are online.',
  refused: 'That could not be taken.',
  cancelled: 'That could not be sent.',
}

/** One tap, without a form. */
export function Useful({ question }) {
  const earshot = useEarshot(settings)
  const [state, setState] = useState('')
  const answer = async (kind, message) => {
    setState('sending')
    const sent = await earshot.send({ kind, message: `${question} ${message}` })
    setState(sent.state)
  }
  return (
    <section className="card">
      <h2>{question}</h2>
      <div className="actions">
        <button disabled={state !== ''} onClick={() => void answer('praise', 'Yes')}>
          Yes
        </button>
        <button disabled={state !== ''} onClick={() => void answer('idea', 'Not quite')}>
          Not quite
        </button>
        <output className="quiet">{words[state]}</output>
      </div>
    </section>
  )
}
