export interface RawSystem {
  origin: string
  project: string
  publishableKey: string
  secretKey: string
  addProject(name: string): Promise<{ project: string; publishableKey: string; secretKey: string }>
  sql(...statements: string[]): Promise<unknown>
  call(path: string, init?: RequestInit): Promise<Response>
  rows(): Promise<{ written: number; read: number }>
  schedule(): Promise<string>
  pid(): number | undefined
  restart(change: (databaseFile: string) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** What a deployment sets. */
export interface RawSettings {
  ADDRESS_PER_MINUTE?: number
  KEY_PER_MINUTE?: number
}

export function serveRaw(options?: { quiet?: boolean; settings?: RawSettings }): Promise<RawSystem>
export function migrationStatements(): string[]
