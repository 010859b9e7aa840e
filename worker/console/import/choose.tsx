import { FileUp } from 'lucide'
import { useRef, useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { choose, refusal } from './state.ts'

/** Takes a file, dropped or chosen. */
export function Choose() {
  const field = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? []
    if (file) void choose(file)
  }
  return (
    <div class="import-choose">
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files)
        }}
      >
        <Icon of={FileUp} size={24} />
        <p class="blank-title">Bring in what was said elsewhere</p>
        <p class="blank-text">
          Drop a CSV file here: an export of Canny, Productboard or UserVoice, or a survey’s spreadsheet saved as CSV.
        </p>
        <Button look="primary" onClick={() => field.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={field}
          class="hidden-text"
          type="file"
          tabIndex={-1}
          aria-label="CSV file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </div>
      {refusal.value && (
        <p class="import-fault" role="alert">
          {refusal.value}
        </p>
      )}
      <ul class="import-promises">
        <li>Nothing is stored before you have seen ten rows as they will be, and what will be refused.</li>
        <li>Importing the same file twice stores nothing twice.</li>
        <li>Every row that cannot be taken can be downloaded, with the reason.</li>
      </ul>
    </div>
  )
}
