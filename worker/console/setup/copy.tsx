import { Check, Copy } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { notify } from '../controls/notices.ts'

const shownMs = 2_000

/** Copies a text, and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // The browser or the person said no: the text can still be selected.
      notify({ tone: 'notice', text: 'The browser did not allow copying. Select the text and copy it by hand.' })
    }
  }
  return (
    <Button icon={isCopied ? Check : Copy} look="outline" class="copy" onClick={() => void copy()}>
      <span class="hidden-text">{label}: </span>
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  )
}

/** A text to be copied as it stands. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure class="setup-code-block">
      <figcaption>
        <span class="setup-code-label">{label}</span>
        <CopyButton text={code} label={label} />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={label}>
        <code>{code}</code>
      </pre>
    </figure>
  )
}
