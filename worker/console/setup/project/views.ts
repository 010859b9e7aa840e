import { patchView } from '../../collector/views.ts'
import { loadViews, mayChange, savedViews } from '../../views/saved.ts'
import { withLabel } from './label-query.ts'

/** Saved views follow a label that is called otherwise now. Those that could not be changed are counted. */
export async function renameInViews(from: string, to: string): Promise<number> {
  const wanted = savedViews.peek().flatMap((view) => {
    const query = withLabel(view.query, from, to)
    return query === null ? [] : [{ view, query }]
  })
  const answers = await Promise.all(
    wanted.map(async ({ view, query }) => mayChange(view) && (await patchView(view.id, { query })).ok),
  )
  if (wanted.length > 0) await loadViews()
  return answers.filter((isDone) => !isDone).length
}
