import type { Fault } from './table.mjs'

export const faults: Fault[]
