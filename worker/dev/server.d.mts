import type { ChildProcess } from 'node:child_process'

export interface Server {
  origin: string
  child: ChildProcess
  runSchedule(): Promise<string>
  log(): string
  stop(): Promise<void>
}

export function migrate(state: string): void
export function serve(options: {
  state: string
  port: number
  setupToken: string
  scheduleMs?: number
  onLog?: (text: string) => void
}): Promise<Server>
export function setUp(
  origin: string,
  setupToken: string,
  name: string,
): Promise<{ project: string; publishableKey: string; secretKey: string; signInUrl: string }>
export function freePort(): Promise<number>
