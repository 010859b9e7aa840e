/** Asks a database for rows. */
type Ask = (query: string) => Promise<Record<string, unknown>[]>

/**
 * Every table of a database as text, as the database itself lists them, so that a new one cannot be forgotten: bytes
 * are read as Latin-1, so that plain words in them are found. The full-text tables are merged first: what was deleted
 * from them stands in their segments until then.
 */
export async function everyTable(ask: Ask): Promise<Map<string, string>> {
  for (const index of ['words', 'facet']) await ask(`INSERT INTO ${index} (${index}) VALUES ('optimize')`)
  const tables = await ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  const texts = new Map<string, string>()
  for (const { name } of tables as { name: string }[]) {
    if (name.startsWith('_cf_')) continue
    const columns = (await ask(`SELECT name FROM pragma_table_xinfo('${name}')`)) as { name: string }[]
    const cells = columns.map(
      (column) => `'${column.name}', iif(typeof("${column.name}") = 'blob',
      'bytes:' || hex("${column.name}"), "${column.name}")`,
    )
    const rows = await ask(`SELECT json_object(${cells.join(', ')}) AS row FROM "${name}"`)
    const text = rows.map(({ row }) => String(row).replace(/bytes:([0-9A-F]*)/g, (_, hex: string) => fromHex(hex)))
    texts.set(name, text.join('\n').replaceAll('\\', ''))
  }
  return texts
}

const fromHex = (hex: string): string => hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))

/** In which tables a trace stands, whatever its case. */
export const tracesIn = (texts: ReadonlyMap<string, string>, trace: string): string[] =>
  [...texts].filter(([, text]) => text.toLowerCase().includes(trace.toLowerCase())).map(([name]) => name)
