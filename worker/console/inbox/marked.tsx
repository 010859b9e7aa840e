import { words } from '../address/address.ts'
import { highlight, searchTerms } from './highlight.ts'

/** Somebody's words, with what was searched for marked in them. */
export function Marked({ text }: { text: string }) {
  const parts = highlight(text, searchTerms(words.value))
  return <>{parts.map((part) => (part.found ? <mark>{part.text}</mark> : part.text))}</>
}
