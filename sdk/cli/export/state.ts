import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import { partOf } from './destination.ts'

/** How far an export has come, kept beside its file until that is whole. */
export interface State {
  /** What was asked for, and of whom: only the same can be gone on with. */
  asked: string
  /** Where the next part begins; null for the first one. */
  cursor: string | null
  /** What the file holds up to there, in bytes. */
  bytes: number
  rows: number
  erased: number
  /** How many rows were announced at first. */
  total: number | null
  hidden: { spam: number; merged: number }
}

const stateOf = (path: string): string => `${partOf(path)}.state`

/** Whole or not at all: a crash leaves the one from before. */
export async function writeState(path: string, state: State): Promise<void> {
  const next = `${stateOf(path)}.new`
  const file = await open(next, 'w')
  await file.writeFile(`${JSON.stringify(state)}\n`)
  await file.sync()
  await file.close()
  await rename(next, stateOf(path))
}

export async function forgetState(path: string): Promise<void> {
  await rm(stateOf(path), { force: true })
}

/** @throws Failure where there is nothing to go on with, or something else was asked for */
export async function readState(path: string, asked: string): Promise<State> {
  const text = await readFile(stateOf(path), 'utf8').catch(() => null)
  const part = await stat(partOf(path)).catch(() => null)
  if (text === null || part === null) {
    throw new Failure(
      'wrongUse',
      `There is no export to go on with: ${stateOf(path)} is not there. Leave out --resume.`,
    )
  }
  const state = parse(text)
  if (state === null || part.size < state.bytes) {
    throw new Failure('wrongUse', `${partOf(path)} is not what was written. Leave out --resume to begin anew.`)
  }
  if (state.asked !== asked) {
    throw new Failure('wrongUse', `${partOf(path)} is of another export. Give the same options, or leave out --resume.`)
  }
  return state
}

function parse(text: string): State | null {
  try {
    const value = JSON.parse(text) as State
    return Number.isSafeInteger(value.bytes) && Number.isSafeInteger(value.rows) ? value : null
  } catch {
    // Somebody else wrote it.
    return null
  }
}
