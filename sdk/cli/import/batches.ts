import { limits } from '../../wire/index.ts'

/** One item ready to go: its JSON and where it came from. */
export interface Parcel {
  line: number
  json: string
  /** The row as it stood in the file, for the list of refused rows. */
  cells: string[]
}

/** A little under what the collector takes, for line ends. */
const batchMaxBytes = limits.importMaxBytes - 100_000

/** Groups parcels into requests: at most 500 lines and 1.4 MB each, a single one that is larger alone. */
export async function* inBatches(parcels: AsyncIterable<Parcel>): AsyncGenerator<Parcel[]> {
  let batch: Parcel[] = []
  let bytes = 0
  for await (const parcel of parcels) {
    const size = Buffer.byteLength(parcel.json) + 1
    if (batch.length === limits.importMaxLines || (batch.length > 0 && bytes + size > batchMaxBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(parcel)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
