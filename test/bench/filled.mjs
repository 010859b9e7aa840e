import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { root } from '../../worker/dev/install.mjs'
import { fill } from './fill.mjs'
import { readTexts } from './texts.mjs'

const folder = path.join(root, '.earshot', 'bench', 'filled')
/** What the rows of a filled database come from: another text here means another database. */
const sources = ['test/bench/sample.mjs', 'test/bench/texts.mjs', 'worker/storage', 'worker/jobs']
/** So that the same items have the same times in every run: the newest was said then. */
const now = Date.parse('2026-11-22T12:00:00Z')

/**
 * Fills the database of a raw system with `count` items, or takes it from the run before where nothing has changed that
 * the rows come from. `EARSHOT_TEXTS` names a folder of CSV files with what real people wrote; without it the words are
 * made up. Answers with the texts.
 */
export async function fillSystem(system, count) {
  const from = process.env.EARSHOT_TEXTS
  const texts = from === undefined ? null : readTexts(path.resolve(from))
  const name = path.join(folder, `${count}-${fingerprint(texts)}`)
  await system.restart(async (file) => {
    if (existsSync(`${name}.json`)) {
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
      copyFileSync(`${name}.sqlite`, file)
      return JSON.parse(readFileSync(`${name}.json`, 'utf8'))
    }
    console.log(
      `Filling ${count.toLocaleString('en')} items ${texts === null ? 'of made-up words' : `from ${texts.length} texts`} …`,
    )
    await fill(file, { project: system.project, count, now, texts })
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    copyFileSync(file, `${name}.sqlite`)
    writeFileSync(`${name}.json`, JSON.stringify(system.known()))
    return {}
  })
  return texts
}

function fingerprint(texts) {
  const hash = createHash('sha256')
  const visit = (file) => {
    if (statSync(file).isDirectory()) for (const name of readdirSync(file).sort()) visit(path.join(file, name))
    else hash.update(readFileSync(file))
  }
  for (const source of sources) visit(path.join(root, source))
  for (const text of texts ?? []) hash.update(text)
  return hash.digest('hex').slice(0, 12)
}
