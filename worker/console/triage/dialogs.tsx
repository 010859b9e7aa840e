import { overlay } from '../actions/overlay.ts'
import { AskDialog } from './ask-dialog.tsx'
import { EntryDialog } from './entry-dialog.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { RedactDialog } from './redact-dialog.tsx'

export function Dialogs() {
  const shown = overlay.value
  switch (shown?.shows) {
    case 'ask':
      return <AskDialog {...shown.question} />
    case 'enter':
      return <EntryDialog />
    case 'merge':
      return <MergeDialog ids={shown.ids} />
    case 'redact':
      return <RedactDialog key={shown.id} id={shown.id} texts={shown.texts} />
    default:
      return null
  }
}
