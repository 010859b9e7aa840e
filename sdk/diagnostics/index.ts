/** What is loaded with the first error, the first wrong use, or `debug`: most pages never carry it. */
export { debug } from './debug.ts'
export { readFault } from './faults.ts'
export { explain } from './misuse.ts'
