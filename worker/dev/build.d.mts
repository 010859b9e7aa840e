export function build(options?: { force?: boolean }): Promise<boolean>
export function buildDemoFor(key: string, outDir?: string): Promise<void>
