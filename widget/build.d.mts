/** Bundles and minifies one entry into one file. */
export declare function bundle(
  entry: string,
  options: { format: 'es' | 'iife'; define?: Record<string, string> },
): Promise<string>

/** Writes the widget's files into `outDir`; `files` are relative to it. */
export declare function buildWidget(outDir: string): Promise<{ version: string; integrity: string; files: string[] }>
