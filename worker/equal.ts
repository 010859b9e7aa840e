/** True only where two types are the same to the last optional field; `z.ZodType<T>` alone does not notice a forgotten one. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Fails to compile where the assertion is not true. */
export const assertType = <_T extends true>(): void => undefined
