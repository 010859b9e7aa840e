import { follow, hrefOf } from '../../address/address.ts'
import { plural, totalInWords } from '../../controls/total.ts'
import { everywhere, isUncounted, usageOf } from './settings.ts'

/** How many items there are, as a link to them; a bone while that is not known yet. */
export function CountLink({ name, value }: { name: 'status' | 'label' | 'kind'; value: string }) {
  const counted = usageOf(name)
  if (counted === undefined && isUncounted.value) return <span class="quiet">Not counted</span>
  if (counted === undefined) return <span class="bone setup-count-bone" />
  const usage = counted.find((one) => one.value === value)
  if (usage === undefined || usage.count === 0) return <span class="quiet">None</span>
  const query = everywhere(name, value)
  const filters = new Map([...new Set(query.keys())].map((key) => [key, query.getAll(key)] as const))
  const view = { filters, item: null, options: new Map<string, string>() }
  const words = usage.exact ? plural(usage.count, 'item') : `${totalInWords(usage)} items`
  return (
    <a class="setup-count-link" href={hrefOf(view)} onClick={(event) => follow(event, view)}>
      {words}
    </a>
  )
}
