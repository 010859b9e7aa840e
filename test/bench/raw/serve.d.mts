export interface RawSystem {
  origin: string
  project: string
  publishableKey: string
  secretKey: string
  sql(...statements: string[]): Promise<unknown>
  rowsOf(query: string): Promise<Record<string, unknown>[]>
  another(name: string): Promise<{ project: string; publishableKey: string; secretKey: string; signInUrl: string }>
  call(path: string, init?: RequestInit): Promise<Response>
  rows(): Promise<{ written: number; read: number }>
  schedule(): Promise<string>
  pid(): number | undefined
  restart(change: (databaseFile: string) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export function serveRaw(options?: { quiet?: boolean }): Promise<RawSystem>
export function migrationStatements(): string[]
