import type { Key, KeyType } from '../../../../sdk/wire/index.ts'
import { Button } from '../../controls/button.tsx'
import { Time } from '../../controls/time.tsx'
import { CopyButton } from '../copy.tsx'
import { Until } from '../until.tsx'

const secondColumn: Record<KeyType, string | null> = { publishable: 'Environment', secret: 'May', identity: null }

interface Props {
  label: string
  type: KeyType
  keys: Key[]
  /** What can be done with keys that work; null for those that do not. */
  live: { onChange: (key: Key) => void; onRotate: (key: Key) => void; onRevoke: (key: Key) => void } | null
}

/** Keys of one kind; a publishable one whole, since it stands in pages, the others by their first characters. */
export function KeyTable(props: Props) {
  const { type, live } = props
  const second = secondColumn[type]
  return (
    <div class="setup-key-scroll">
      <table class="setup-key-table" aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {second && <th scope="col">{second}</th>}
            <th scope="col">Key</th>
            <th scope="col">Made</th>
            <th scope="col">{live ? 'Last used' : 'Revoked'}</th>
            {live && (
              <th scope="col">
                <span class="hidden-text">Change, replace or revoke</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.keys.map((key) => (
            <tr key={key.id}>
              <td class="setup-key-name" data-label="Name">
                <span>
                  <bdi>{key.name}</bdi>
                  {key.expiresAt !== null && (
                    <span class="setup-key-stops">
                      Stops <Until at={key.expiresAt} />
                    </span>
                  )}
                </span>
              </td>
              {second && <td data-label={second}>{type === 'secret' ? <Scopes of={key} /> : key.environment}</td>}
              <td data-label="Key">
                <span class="setup-key-value">
                  <code class={type === 'publishable' ? '' : 'setup-key-hint'}>
                    {type === 'publishable' ? key.id : `${key.hint}…`}
                  </code>
                  {type === 'publishable' && live && <CopyButton text={key.id} label={key.name} />}
                </span>
              </td>
              <td data-label="Made">
                <Time at={key.createdAt} />
              </td>
              <td data-label={live ? 'Last used' : 'Revoked'}>
                {live ? <LastUse of={key} /> : key.revokedAt && <Time at={key.revokedAt} />}
              </td>
              {live && (
                <td class="setup-key-revoke">
                  <Button onClick={() => live.onChange(key)}>
                    Change<span class="hidden-text"> {key.name}</span>
                  </Button>
                  <Button onClick={() => live.onRotate(key)}>
                    Replace<span class="hidden-text"> {key.name}</span>
                  </Button>
                  <Button onClick={() => live.onRevoke(key)}>
                    Revoke<span class="hidden-text"> {key.name}</span>
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Scopes({ of }: { of: Key }) {
  return (
    <span class="setup-scopes">
      {of.scopes.map((scope) => (
        <code key={scope}>{scope}</code>
      ))}
    </span>
  )
}

function LastUse({ of }: { of: Key }) {
  return of.lastUsedAt === null ? <span class="quiet">Never</span> : <Time at={of.lastUsedAt} />
}
