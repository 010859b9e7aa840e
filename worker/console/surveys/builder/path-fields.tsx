import { Plus, X } from 'lucide'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '../../controls/button.tsx'
import { readPath, setTargeting } from '../draft/targeting.ts'
import { change } from '../workbench.ts'
import { TextField } from './field.tsx'

/** The pages it is shown on; none is any. */
export function PathFields({ paths }: { paths: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null)
  const isAdded = useRef(false)
  useLayoutEffect(() => {
    if (isAdded.current) list.current?.lastElementChild?.querySelector('input')?.focus()
    isAdded.current = false
  })
  const set = (next: readonly string[]) =>
    change((before) => setTargeting(before, 'paths', next.length > 0 ? [...next] : undefined))
  const add = (path: string) => {
    set([...paths, path])
    isAdded.current = true
  }
  return (
    <>
      <div class="sentence">
        <select
          class="input"
          aria-label="On which pages"
          value={paths.length === 0 ? 'any' : 'some'}
          onChange={(event) => (event.currentTarget.value === 'any' ? set([]) : add('/'))}
        >
          <option value="any">On any page</option>
          <option value="some">On these pages only</option>
        </select>
      </div>
      {paths.length > 0 && (
        <>
          <ul class="rows-of-fields" ref={list}>
            {paths.map((path, index) => (
              <li
                key={index}
                onFocusOut={() => {
                  const read = readPath(path)
                  if (read !== path && read !== '') set(paths.with(index, read))
                }}
              >
                <TextField
                  label={`Page ${index + 1}`}
                  hiddenLabel
                  path={`targeting.paths[${index}]`}
                  value={path}
                  placeholder="/checkout"
                  onInput={(said) => set(paths.with(index, said))}
                />
                <Button icon={X} label={`Remove page ${index + 1}`} onClick={() => set(paths.toSpliced(index, 1))} />
              </li>
            ))}
          </ul>
          <Button icon={Plus} onClick={() => add('')}>
            Add a page
          </Button>
          <p class="field-hint">
            <code>/checkout</code> is that page alone, <code>/docs/*</code> is everything below it,{' '}
            <code>*/settings</code> is what ends so. <code>*</code> stands for anything.
          </p>
        </>
      )}
    </>
  )
}
