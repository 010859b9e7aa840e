/** One item ready to go: its JSON and where it came from. */
export interface Parcel {
  line: number
  json: string
  /** The row as it stood in the file, for the list of refused rows. */
  cells: string[]
}
