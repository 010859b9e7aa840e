import { Presets, SingleBar } from 'cli-progress'

/** What a command may touch of the process. */
export interface Terminal {
  stdout: NodeJS.WritableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
  env: Record<string, string | undefined>
}

/** How far something is. */
export interface Progress {
  /** @param total unknown where it is null */
  start(total: number | null): void
  advance(by: number): void
  stop(): void
}

/** A bar on a terminal; nothing at all in a pipe, where it would be noise in a log. */
export function progressOn(terminal: Terminal | null, unit: string): Progress {
  if (!terminal?.stderr.isTTY) return { start: () => {}, advance: () => {}, stop: () => {} }
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} %  {value} of {total} ${unit}  {eta_formatted} left`,
      stream: terminal.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 500,
      fps: 8,
    },
    Presets.rect,
  )
  let running = false
  return {
    start(total) {
      if (total === null || total === 0) return
      bar.start(total, 0)
      running = true
    },
    advance: (by) => running && bar.increment(by),
    stop: () => running && bar.stop(),
  }
}

/** A number as people write it: `12,345`. */
export function count(value: number, noun?: string): string {
  const digits = value.toLocaleString('en-US')
  if (!noun) return digits
  return `${digits} ${noun}${value === 1 ? '' : 's'}`
}
