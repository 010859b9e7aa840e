import { EyeOff } from 'lucide'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { mayEdit } from '../collector/session.ts'
import { Button } from '../controls/button.tsx'
import { openRedaction, selectedWords } from '../triage/redact.ts'

/** Above the selection, in CSS pixels. */
const gap = 6

/** Beside words that are selected in the message: blacks them out. */
export function BlackOutButton() {
  const [words, setWords] = useState('')
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = () => setWords(selectedWords())
    document.addEventListener('selectionchange', follow)
    return () => document.removeEventListener('selectionchange', follow)
  }, [])
  useLayoutEffect(() => {
    const selection = getSelection()
    const box = element.current
    const frame = box?.offsetParent?.getBoundingClientRect()
    if (words === '' || !selection || selection.rangeCount === 0 || !box || !frame) return
    const rect = selection.getRangeAt(0).getBoundingClientRect()
    const above = rect.top - frame.top - box.offsetHeight - gap
    box.style.top = `${above > 0 ? above : rect.bottom - frame.top + gap}px`
    box.style.left = `${Math.max(0, Math.min(rect.left - frame.left, frame.width - box.offsetWidth))}px`
  }, [words])
  if (words === '' || !mayEdit.value) return null
  return (
    // Pressing it must not take the selection away.
    <div class="black-out" ref={element} onPointerDown={(event) => event.preventDefault()}>
      <Button icon={EyeOff} onClick={openRedaction}>
        Black out
      </Button>
    </div>
  )
}
