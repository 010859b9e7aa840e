import { addSheet } from '../controls/sheet.ts'
import css from './setup.css'

let isThere = false

/** Adds the sheet of the set-up, which other views of its look share, once. */
export function addSetupSheet(): void {
  if (!isThere) addSheet(css)
  isThere = true
}
