import { useEarshot } from 'earshot/react'
import { settings } from './settings.js'

export function Bed({ bed, isWatered, onWater }) {
  const earshot = useEarshot(settings)
  const water = () => {
    // Goes along with what is said later, so that nobody has to ask what happened before.
    earshot.crumb(`watered ${bed.name}`)
    onWater()
  }
  return (
    <li>
      <span>
        <b>{bed.name}</b>
        <span className="quiet">{bed.place}</span>
      </span>
      {bed.thirsty ? (
        <button disabled={isWatered} onClick={water}>
          {isWatered ? 'Watered' : 'Water'}
        </button>
      ) : (
        <span className="quiet">Tomorrow</span>
      )}
    </li>
  )
}
