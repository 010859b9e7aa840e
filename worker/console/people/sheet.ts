import { addSheet } from '../controls/sheet.ts'
import css from './people.css'

let isThere = false

/** Adds the sheet of both views, once. */
export function addPeopleSheet(): void {
  if (!isThere) addSheet(css)
  isThere = true
}
