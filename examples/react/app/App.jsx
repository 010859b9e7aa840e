import { useState } from 'react'
import { Earshot } from 'earshot/react'
import { Bed } from './Bed.jsx'
import { Useful } from './Useful.jsx'
import { settings } from './settings.js'

const ada = { id: 'u_42', name: 'Ada', email: 'ada@example.com', traits: { plan: 'pro' } }
const views = { today: 'To water today', garden: 'The whole garden' }
const garden = [
  { id: 'b_1', name: 'Tomatoes', place: 'South wall, 12 plants', thirsty: true },
  { id: 'b_2', name: 'Basil', place: 'Kitchen window, 4 pots', thirsty: true },
  { id: 'b_3', name: 'Strawberries', place: 'Raised bed, 20 plants', thirsty: false },
]

export function App() {
  const [user, setUser] = useState(ada)
  const [view, setView] = useState('today')
  const [watered, setWatered] = useState([])
  const beds = garden.filter(({ thirsty }) => thirsty || view === 'garden')
  const left = beds.filter(({ id, thirsty }) => thirsty && !watered.includes(id)).length

  return (
    <>
      <Earshot
        settings={settings}
        person={user}
        tags={{ screen: view }}
        context={{ garden: { beds: beds.length, left } }}
      />
      <nav>
        {Object.keys(views).map((name) => (
          <a
            key={name}
            href={`#${name}`}
            aria-current={name === view ? 'page' : undefined}
            onClick={() => setView(name)}
          >
            {name === 'today' ? 'Today' : 'Garden'}
          </a>
        ))}
        <button onClick={() => setUser(user ? null : ada)}>{user ? 'Sign out' : 'Sign in as Ada'}</button>
      </nav>
      <main>
        <h1>{views[view]}</h1>
        <p className="quiet">{left === 0 ? 'Nothing is thirsty any more.' : `${left} still to go.`}</p>
        <ul className="rows">
          {beds.map((bed) => (
            <Bed
              key={bed.id}
              bed={bed}
              isWatered={watered.includes(bed.id)}
              onWater={() => setWatered([...watered, bed.id])}
            />
          ))}
        </ul>
        <Useful question="Is this list right for today?" />
        {/* Any element opens the form; nothing has to be wired up. */}
        <button data-earshot="bug">Something is wrong here</button>
      </main>
    </>
  )
}
