import type { Submission } from '../../sdk/wire/index.ts'

/** Whether a submission looks like a machine's. Nothing is discarded: it is stored and shown in its own tray. */
export function isSpam({ signals }: Submission): boolean {
  // The field stands where neither people, autofill nor screen readers meet it.
  return (signals?.trap ?? '').trim() !== ''
}
