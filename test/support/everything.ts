/** A database that answers each query with its rows. */
interface Asked {
  sql(...queries: string[]): Promise<unknown>
}

/**
 * Every table of a database as text, as the database itself lists them, so that a new one cannot be forgotten: bytes
 * are read as Latin-1, so that plain words in them are found. The full-text tables are merged first: what was deleted
 * from them stands in their segments until then.
 */
export async function everyTable(database: Asked): Promise<Map<string, string>> {
  const rowsOf = async <Row>(...queries: string[]) =>
    ((await database.sql(...queries)) as { results: Row[] }[]).map(({ results }) => results)
  const [tables = []] = await rowsOf<{ name: string; columns: string }>(
    `SELECT sqlite_master.name AS name, json_group_array(field.name) AS columns
    FROM sqlite_master, pragma_table_xinfo(sqlite_master.name) AS field WHERE sqlite_master.type = 'table'
      AND sqlite_master.name NOT LIKE 'sqlite_%' AND sqlite_master.name NOT LIKE '_cf_%' GROUP BY 1`,
    ...['words', 'facet'].map((index) => `INSERT INTO ${index} (${index}) VALUES ('optimize')`),
  )
  const reading = tables.map(({ name, columns }) => {
    const cells = (JSON.parse(columns) as string[]).map(
      (column) => `'${column}', iif(typeof("${column}") = 'blob', 'bytes:' || hex("${column}"), "${column}")`,
    )
    return `SELECT json_object(${cells.join(', ')}) AS row FROM "${name}"`
  })
  const all = await rowsOf<{ row: string }>(...reading)
  const textOf = ({ row }: { row: string }) => row.replace(/bytes:([0-9A-F]*)/g, (_, hex: string) => fromHex(hex))
  return new Map(tables.map(({ name }, at) => [name, (all[at] ?? []).map(textOf).join('\n').replaceAll('\\', '')]))
}

const fromHex = (hex: string): string => hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))

/** In which tables a trace stands, whatever its case. */
export const tracesIn = (texts: ReadonlyMap<string, string>, trace: string): string[] =>
  [...texts].filter(([, text]) => text.toLowerCase().includes(trace.toLowerCase())).map(([name]) => name)
