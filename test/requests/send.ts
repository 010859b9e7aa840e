import type { Answered, Operation } from './document.ts'
import { type Filled, type Maker, recipes } from './recipes.ts'

/** A request that means something: an operation, filled in. */
export interface Plausible {
  operation: Operation
  filled: Filled
}

const needsRecipe = ({ parameters, requestBody }: Operation): boolean =>
  requestBody !== undefined || parameters.some((one) => one.in === 'path' || one.required === true)

/** Fills an operation in; an error says which recipe is missing. */
export async function fillIn(operation: Operation, make: Maker): Promise<Plausible> {
  const recipe = recipes[operation.id]
  if (recipe === undefined && needsRecipe(operation)) {
    throw new Error(
      `${operation.method} ${operation.path} is new here: say in test/requests/recipes.ts what '${operation.id}' asks for.`,
    )
  }
  return { operation, filled: (await recipe?.(make)) ?? {} }
}

/** Asks, and reads the answer whole. */
export async function ask(
  origin: string,
  { operation, filled }: Plausible,
  headers: Record<string, string>,
  query: Record<string, string> = {},
): Promise<Answered> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(filled.params?.[name] ?? 'none'),
  )
  const search = new URLSearchParams({ ...filled.query, ...query }).toString()
  const response = await fetch(`${origin}${path}${search === '' ? '' : `?${search}`}`, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...(filled.body === undefined ? {} : { 'content-type': filled.type ?? 'application/json' }),
      ...headers,
    },
    ...(filled.body === undefined
      ? {}
      : { body: typeof filled.body === 'string' ? filled.body : JSON.stringify(filled.body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

/** Does something with each, a few at a time. */
export async function forEachAtOnce<T>(
  all: readonly T[],
  width: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const rest = [...all]
  const worker = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
