import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** LibreOffice, where it is: `$SOFFICE`, the path, the usual places of each system. */
export function findOffice(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'soffice'))
  const places = [
    process.env.SOFFICE,
    ...onPath,
    '/Applications/LibreOffice.app/Contents/MacOS/soffice',
    'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
  ]
  return places.find((place) => place && existsSync(place))
}

/** The first sheet of what LibreOffice opened. */
export interface Opened {
  /** What each cell holds, row by row. */
  rows: string[][]
  /** Of every sheet. */
  formulas: string[]
}

/**
 * Has LibreOffice open a file, with a profile of its own that goes when it is done, and reads what it made of it. It
 * now and then aborts while it starts on a busy machine, whatever the file; only what it opens in no attempt fails.
 *
 * @param filter how to open it, where its name does not say so
 */
export async function openInOffice(office: string, name: string, bytes: Uint8Array, filter?: string): Promise<Opened> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openOnce(office, name, bytes, filter)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function openOnce(office: string, name: string, bytes: Uint8Array, filter?: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-office-'))
  try {
    const profile = pathToFileURL(join(folder, 'profile')).href
    await writeFile(join(folder, name), bytes)
    const args = [`-env:UserInstallation=${profile}`, '--headless', '--norestore', '--nolockcheck']
    if (filter !== undefined) args.push(`--infilter=${filter}`)
    args.push('--convert-to', 'fods', '--outdir', join(folder, 'saved'), join(folder, name))
    const { stderr } = await promisify(execFile)(office, args, { timeout: 120_000 })
    const saved = join(folder, 'saved', name.replace(/\.\w+$/, '.fods'))
    if (!existsSync(saved)) throw new Error(`LibreOffice saved nothing: ${stderr}`)
    return readFlat(await readFile(saved, 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reads a flat OpenDocument sheet: what LibreOffice holds in memory, written down in its own format. */
function readFlat(xml: string): Opened {
  const [, first = ''] = xml.split('<table:table ')
  const rows = [...first.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(
      ([, about = '', cell]) => {
        const repeated = Number(/number-columns-repeated="(\d+)"/.exec(about)?.[1] ?? 1)
        return Array.from({ length: Math.min(repeated, 1_000) }, () => textOf(cell ?? ''))
      },
    ),
  )
  const isFilled = (row: string[]) => row.some((cell) => cell !== '')
  return {
    rows: rows.filter(isFilled),
    formulas: [...xml.matchAll(/table:formula="([^"]*)"/g)].map(([, formula = '']) => formula),
  }
}

function textOf(cell: string): string {
  return [...cell.matchAll(/<text:p[^>]*?(?:\/>|>([\s\S]*?)<\/text:p>)/g)]
    .map(([, paragraph = '']) =>
      paragraph
        .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count?: string) => ' '.repeat(Number(count ?? 1)))
        .replaceAll('<text:tab/>', '\t')
        .replaceAll('<text:line-break/>', '\n')
        .replace(/<[^>]*>/g, '')
        .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, code: string) =>
          String.fromCodePoint(Number.parseInt(code, hex === '' ? 10 : 16)),
        )
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&'),
    )
    .join('\n')
}
