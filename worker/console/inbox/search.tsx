import { Search, X } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { filters, setFilters, words } from '../address/address.ts'
import { withFilter, withoutFilters } from '../address/view.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { Keycap } from '../controls/keycap.tsx'

/** People pause between words; asking at every letter only makes the answers overtake each other. */
const pauseMs = 150
/** How input events call what comes letter by letter. */
const typing = /^(insertText|insertCompositionText|delete)/

/** What the search understands, as it stands below the empty field. */
const help = [
  ['late invoice', 'both words, in any order'],
  ['"late invoice"', 'exactly these words, one after the other'],
  ['invoice -draft', 'without the second word'],
  ['invo', 'the last word may be unfinished'],
  ['K7QF2M8X', 'a reference finds its item'],
] as const

export function SearchField() {
  const [text, setText] = useState(words.value)
  const [focused, setFocused] = useState(false)
  const asked = words.value

  // The address changed by other means: the back button, a saved view.
  useEffect(() => {
    if (asked !== text.trim()) setText(asked)
  }, [asked])
  useEffect(() => {
    if (text.trim() === words.peek()) return undefined
    const timer = setTimeout(() => search(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])

  /** What comes at once, pasted, dictated or completed, is not being typed any more. */
  function take(next: string, { inputType }: InputEvent): void {
    setText(next)
    if (!typing.test(inputType) || next.length - text.length > 1) search(next)
  }

  return (
    <div class="search" role="search">
      <Icon of={Search} class="search-icon" />
      <input
        id="search"
        type="search"
        dir="auto"
        aria-label="Search feedback"
        placeholder="Search words or a reference"
        autocomplete="off"
        enterkeyhint="search"
        aria-describedby="search-hint"
        value={text}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onInput={(event) => take(event.currentTarget.value, event)}
        onKeyDown={(event) => {
          // To the list: the keys of triage are for what was found. Enter within an input method only takes its word.
          if (event.key === 'Enter' && !event.isComposing) {
            search(text)
            event.currentTarget.blur()
          }
          if (event.key === 'Escape') {
            if (text) setText('')
            else event.currentTarget.blur()
            event.preventDefault()
          }
        }}
      />
      <span id="search-hint" class="hidden-text">
        {help.map(([example, meaning]) => `${example}: ${meaning}.`).join(' ')}
      </span>
      {focused && !text && (
        <dl class="search-help" aria-hidden="true">
          {help.map(([example, meaning]) => (
            <>
              <dt key={example}>{example}</dt>
              <dd>{meaning}</dd>
            </>
          ))}
        </dl>
      )}
      {text ? <Button icon={X} label="Clear search" class="small" onClick={() => setText('')} /> : <Keycap of="/" />}
    </div>
  )
}

function search(text: string): void {
  const wanted = text.trim()
  const next = withFilter(filters.peek(), 'q', wanted ? [wanted] : [])
  const ranked = next.get('sort')?.[0] === 'relevance' && !wanted
  const first = words.peek() === ''
  setFilters(ranked ? withoutFilters(next, ['sort']) : next, first ? 'push' : 'replace')
}
