import type { ComponentChildren } from 'preact'
import type { FactSource, Tags } from '../../../sdk/wire/index.ts'
import { exactTime } from '../controls/moment.ts'
import { Fact } from '../pane/fact.tsx'

const words: Record<FactSource['by'], { short: string; long: string }> = {
  team: { short: 'team', long: 'Said by the team' },
  signed: { short: 'signed', long: 'Proven by a signed token, or by an import with a secret key' },
  page: { short: 'page', long: 'Said by a page, which proves nothing' },
}

/** One thing that is known, with who said so. */
export function Known(props: { name: string; value: ComponentChildren; source: FactSource | undefined }) {
  const { name, value, source } = props
  return (
    <Fact name={name} action={source && <SourceMark of={source} />}>
      {value}
    </Fact>
  )
}

export function SourceMark({ of: { by, at } }: { of: FactSource }) {
  const { short, long } = words[by]
  return (
    <span class={`source by-${by}`} title={`${long}, ${exactTime(at)}`}>
      {short}
    </span>
  )
}

/** Traits, each with who said so and a way to everybody else who has it. */
export function KnownTraits({ traits, sources }: { traits: Tags; sources: Record<string, FactSource> }) {
  return (
    <>
      {Object.entries(traits).map(([name, value]) => (
        <Known key={name} name={name} value={String(value)} source={sources[`trait.${name}`]} />
      ))}
    </>
  )
}
