import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Day } from './words.ts'

/** The chart, once its library is here: the numbers do not wait for it. */
export function ChartLater({ days }: { days: readonly Day[] }) {
  const [View, setView] = useState<ComponentType<{ days: readonly Day[] }> | null>(null)
  useEffect(() => {
    // Where it does not come, the table says the same.
    import('./chart.tsx').then(
      ({ DayChart }) => setView(() => DayChart),
      () => undefined,
    )
  }, [])
  return <div class="health-chart">{View && <View days={days} />}</div>
}
