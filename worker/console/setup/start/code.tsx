import { useState } from 'preact/hooks'
import { CodeBlock } from '../copy.tsx'
import { Choice } from '../field.tsx'
import { policyOf, snippetsOf, type Way } from './snippets.ts'

/** What to copy, and what a page's policy must allow. */
export function Snippets({ way, publishableKey }: { way: Way; publishableKey: string | null }) {
  const [nonce, setNonce] = useState(false)
  const target = { endpoint: location.origin, key: publishableKey ?? 'YOUR_PUBLISHABLE_KEY' }
  const isTag = way === 'script'
  const lines = policyOf(way, target, isTag && nonce)
  return (
    <>
      {snippetsOf(way, target, isTag && nonce).map(({ where, code }) => (
        <CodeBlock key={where} label={where} code={code} />
      ))}
      <details class="setup-policy">
        <summary>If your pages have a Content-Security-Policy</summary>
        <p class="setup-card-what">Add these sources to the directives that it has. Styles need nothing.</p>
        {isTag && (
          <Choice
            label="How the policy admits scripts"
            bare
            value={nonce ? 'nonce' : 'address'}
            choices={[
              ['address', 'By address'],
              ['nonce', 'By nonce'],
            ]}
            onChoose={(next) => setNonce(next === 'nonce')}
          />
        )}
        <CodeBlock
          label="Content-Security-Policy"
          code={lines
            .slice(0, 2)
            .map(({ directive }) => `${directive};`)
            .join(' ')}
        />
        <dl class="setup-policy-lines">
          {lines.map(({ directive, why }) => (
            <div key={directive}>
              <dt>
                <code>{directive}</code>
              </dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
