import type { Context, Json } from '../../../sdk/wire/index.ts'

/** The objects that the page put beside the words. */
export function ContextObjects({ context }: { context: Context }) {
  const names = Object.entries(context)
  if (names.length === 0) return null
  return (
    <section aria-label="Context">
      <h3 class="part-title">Context</h3>
      {names.map(([name, value]) => (
        <details class="context" key={name} open={names.length < 4}>
          <summary>
            <bdi>{name}</bdi>
          </summary>
          <Value of={value} />
        </details>
      ))}
    </section>
  )
}

function Value({ of }: { of: Json }) {
  if (of === null || typeof of !== 'object') return <Plain of={of} />
  const entries: [string, Json][] = Array.isArray(of)
    ? of.map((one, index) => [String(index + 1), one])
    : Object.entries(of)
  if (entries.length === 0) return <span class="json quiet">empty</span>
  return (
    <dl class="json-object">
      {entries.map(([name, value]) => (
        <div key={name} class={value !== null && typeof value === 'object' ? 'json-line nested' : 'json-line'}>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd>
            <Value of={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Plain({ of }: { of: string | number | boolean | null }) {
  if (typeof of === 'string') {
    return (
      <span class="json" dir="auto">
        {of}
      </span>
    )
  }
  return <span class="json literal">{String(of)}</span>
}
