import type { KindConfig } from '../../sdk/wire/index.ts'
import type { Strings } from '../strings.ts'
import { Icon } from './icons.tsx'

/** The word for a kind: the project's, else the catalogue's, else its key. */
export function kindLabel({ key, label }: KindConfig, strings: Strings): string {
  return label ?? strings[key as 'bug'] ?? key
}

/** The question above the text field. */
export function kindPrompt(kind: KindConfig | undefined, strings: Strings): string {
  return kind?.prompt ?? strings[`${kind?.key}Prompt` as 'bugPrompt'] ?? strings.otherPrompt
}

/** The kinds, as a group of radio buttons that look like tiles. A kind with an address of its own is a link. */
export function Kinds({ kinds, chosen, strings }: { kinds: KindConfig[]; chosen?: string; strings: Strings }) {
  if (kinds.length < 2) return null
  return (
    <fieldset class="kinds">
      <legend class="sr">{strings.kinds}</legend>
      {kinds.map((kind) =>
        kind.url ? (
          <a class="tile" href={kind.url} target="_blank" rel="noopener">
            <Icon name={kind.key} />
            {kindLabel(kind, strings)}
          </a>
        ) : (
          <label class="tile">
            <input type="radio" name="kind" value={kind.key} checked={kind.key === chosen} />
            <Icon name={kind.key} />
            {kindLabel(kind, strings)}
          </label>
        ),
      )}
    </fieldset>
  )
}
