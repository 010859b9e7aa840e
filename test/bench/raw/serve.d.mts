export interface RawSystem {
  origin: string
  project: string
  publishableKey: string
  secretKey: string
  /** The deployment's own. */
  setupToken: string
  addProject(name: string): Promise<{ project: string; publishableKey: string; secretKey: string }>
  sql(...statements: string[]): Promise<unknown>
  rowsOf(query: string): Promise<Record<string, unknown>[]>
  another(name: string): Promise<{ project: string; publishableKey: string; secretKey: string; signInUrl: string }>
  /** The same in another database of this name, which is empty at first. */
  sqlIn(database: string, ...statements: string[]): Promise<unknown>
  call(path: string, init?: RequestInit): Promise<Response>
  rows(): Promise<{ written: number; read: number }>
  /** How many of the latest calls to the database had these words. */
  calls(words?: string): Promise<number>
  /** Runs what the schedule runs; retentions go by this clock. */
  schedule(now?: number): Promise<string>
  /** What it said last, where it is quiet. */
  log(): string
  pid(): number | undefined
  restart(change: (databaseFile: string) => Promise<void>): Promise<void>
  crash(): Promise<void>
  stop(): Promise<void>
}

/** What a deployment sets. */
export interface RawSettings {
  ADDRESS_PER_MINUTE?: number
  KEY_PER_MINUTE?: number
  ACCESS_TEAM_DOMAIN?: string
  ACCESS_AUD?: string
}

export function serveRaw(options?: { quiet?: boolean; settings?: RawSettings; disk?: string }): Promise<RawSystem>
export function migrationStatements(): string[]
