/** What a test counted, beside which test it was. */
export interface Told {
  file: string
  test: string
  runs: number
  acknowledged?: number
  stored?: number
  doubled?: number
  lost?: number
  dropped?: number
  counted?: number
}

export interface Fault {
  fault: string
  tests: [file: string, name?: RegExp][]
}

export function tableOf(
  faults: readonly Fault[],
  ran: readonly { file: string; test: string; status: string }[],
  tallies: readonly Told[],
): { text: string; isWhole: boolean }
