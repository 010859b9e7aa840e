export interface Example {
  origin: string
  close(): Promise<void>
}

/** What each example's `serve.mjs` exports as `serve`. */
export interface ExampleOptions {
  endpoint: string
  key: string
  /** Only what runs on a server of its own is told these. */
  project?: string
  identitySecret?: string
  port: number
}

export function serveFolder(
  options: ExampleOptions & { folder: string; headers?: Record<string, string> },
): Promise<Example>
