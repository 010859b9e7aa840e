import { follow, hrefOf } from '../../address/address.ts'
import { plural, totalInWords } from '../../controls/total.ts'
import { everywhere, isUncounted, usageOf } from './settings.ts'

type Name = 'status' | 'label' | 'kind'

/** How many items there are, as a link to them, and how many more are in the spam tray; a bone while that is not known yet. */
export function CountLink({ name, value }: { name: Name; value: string }) {
  const counted = usageOf(name)
  if (counted === undefined && isUncounted.value) return <span class="quiet">Not counted</span>
  if (counted === undefined) return <span class="bone setup-count-bone" />
  const { listed, spam } = counted.find((one) => one.value === value) ?? {}
  const words = listed?.exact === false ? `${totalInWords(listed)} items` : plural(listed?.count ?? 0, 'item')
  return (
    <>
      {spam && spam.count > 0 && (
        <>
          <ItemsLink {...{ name, value }} spam="only" words={`${totalInWords(spam)} in Spam`} />{' '}
        </>
      )}
      {listed && listed.count > 0 ? <ItemsLink {...{ name, value, words }} /> : <span class="quiet">None</span>}
    </>
  )
}

function ItemsLink({ name, value, words, spam }: { name: Name; value: string; words: string; spam?: 'only' }) {
  const query = everywhere(name, value)
  if (spam) query.set('spam', spam)
  else query.delete('spam')
  const filters = new Map([...new Set(query.keys())].map((key) => [key, query.getAll(key)] as const))
  const view = { filters, item: null, options: new Map<string, string>() }
  return (
    <a
      class={spam ? 'setup-count-link spam' : 'setup-count-link'}
      href={hrefOf(view)}
      onClick={(event) => follow(event, view)}
    >
      {words}
    </a>
  )
}
