/** What the shell is told. Documented in every `--help`; never change one. */
export const exitCodes = {
  good: 0,
  /** Some rows were refused, or an export is not whole. */
  incomplete: 1,
  /** The command line or the file cannot be used; nothing was sent. */
  wrongUse: 2,
  /** The collector could not be reached, or does not admit the key. */
  unreachable: 3,
} as const
export type Exit = keyof typeof exitCodes

/** Something that was expected to go wrong now and then: its message is all that a person needs. */
export class Failure extends Error {
  readonly exit: Exit

  constructor(exit: Exit, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exit = exit
  }
}
