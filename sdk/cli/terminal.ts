import { Presets, SingleBar } from 'cli-progress'
import { printable } from './columns.ts'

/** What a command may touch of the process. */
export interface Terminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
  stdout: NodeJS.WritableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
  env: Record<string, string | undefined>
}

/**
 * Says something to people, line by line and without what a terminal obeys: what it quotes may be a stranger's, whom pages
 * let say what they are called.
 */
export function say({ stderr }: Pick<Terminal, 'stderr'>, text: string): void {
  stderr.write(`${text.split('\n').map(printable).join('\n')}\n`)
}

/** How far something is. */
export interface Progress {
  /** @param total null where it is not known: then only what is done is counted */
  start(total: number | null): void
  advance(by: number): void
  stop(): void
}

/** A bar on a terminal; nothing at all in a pipe, where it would be noise in a log. */
export function progressOn(terminal: Terminal | null, unit: string): Progress {
  if (!terminal?.stderr.isTTY) return { start: () => {}, advance: () => {}, stop: () => {} }
  let bar: SingleBar | null = null
  return {
    start(total) {
      if (total === 0) return
      const known = `{bar} {percentage} %  {value} of {total} ${unit}  {eta_formatted} left`
      bar = new SingleBar(
        {
          format: total === null ? `{value} ${unit}` : known,
          stream: terminal.stderr,
          hideCursor: true,
          clearOnComplete: true,
          etaBuffer: 500,
          fps: 8,
        },
        Presets.rect,
      )
      bar.start(total ?? Number.MAX_SAFE_INTEGER, 0)
    },
    advance: (by) => bar?.increment(by),
    stop: () => bar?.stop(),
  }
}

/** A number as people write it: `12,345`. */
export function count(value: number, noun?: string): string {
  const digits = value.toLocaleString('en-US')
  if (!noun) return digits
  return `${digits} ${noun}${value === 1 ? '' : 's'}`
}
