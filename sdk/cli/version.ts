import { readFileSync } from 'node:fs'

/** The package's own release: its manifest lies two folders up both in the source and in `dist/package`. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
