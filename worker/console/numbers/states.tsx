import { CircleAlert } from 'lucide'
import { explain, type Failure } from '../collector/answer.ts'
import { Blank } from '../controls/blank.tsx'
import { Button } from '../controls/button.tsx'

/** Why there is no chart, and what to do. */
export function ChartFailure({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const { what, next } = explain(failure)
  const retry = (
    <Button look="outline" onClick={onRetry}>
      Try again
    </Button>
  )
  return (
    <Blank icon={CircleAlert} title={what} action={retry} alert>
      {next}
    </Blank>
  )
}

/** The room of a chart that is on its way. */
export function ChartSkeleton() {
  return (
    <div class="chart-skeleton" aria-hidden="true">
      <span class="bone" />
      <span class="bone" />
      <span class="bone" />
    </div>
  )
}
