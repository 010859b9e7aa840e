import { score } from '../../worker/intake/screen.ts'
import { table } from './load.mjs'
import { heldOut, sampleSpam } from './spam-sample.mjs'
import { readAllTexts } from './texts.mjs'

const ofEachKind = 200

/**
 * How often the screening is wrong: real texts that would land in the spam tray (with `EARSHOT_TEXTS=folder`, CSV files
 * with a column `text`, `title` or `body`), and made-up spam that would not. `EARSHOT_SHOW=1` shows which.
 */
export async function bench() {
  const folder = process.env.EARSHOT_TEXTS
  if (folder === undefined) console.log('Real texts: none. Set EARSHOT_TEXTS to a folder of CSV files.')
  else measureReal(readAllTexts(folder))
  measureSpam()
}

function measureReal(files) {
  const rows = []
  const byReason = new Map()
  let [all, wrong] = [0, 0]
  for (const [file, texts] of files) {
    const screened = texts.map((message) => ({ message, ...score({ message }) }))
    const spam = screened.filter((one) => one.score >= 1)
    for (const { reasons } of screened)
      for (const { code } of reasons) byReason.set(code, (byReason.get(code) ?? 0) + 1)
    if (process.env.EARSHOT_SHOW)
      for (const { score, reasons, message } of spam) console.log(score, reasons, message.slice(0, 400))
    const nearly = screened.filter((one) => one.score >= 0.7 && one.score < 1).length
    rows.push([file, texts.length, spam.length, nearly, (spam.length / texts.length) * 1_000])
    all += texts.length
    wrong += spam.length
  }
  rows.push(['all', all, wrong, '', (wrong / all) * 1_000])
  table(['real texts', 'read', 'taken for spam', '0.7 to 1', 'in 1,000'], rows)
  console.log(
    `goal: at most 1 in 1,000. Texts that give any reason: ${[...byReason].map(([code, n]) => `${code} ${n}`).join(', ')}.\n`,
  )
}

function measureSpam() {
  const scored = (kind, text) => ({ kind, text, ...score({ message: text }) })
  const made = sampleSpam(ofEachKind).map(({ kind, text }) => scored(kind, text))
  const kept = heldOut.map((text) => scored('held out', text))
  const share = (some) => (100 * some.filter((one) => one.score >= 1).length) / some.length
  const missed = [...made.filter((_, n) => n % 7 === 0), ...kept].filter((one) => one.score < 1)
  if (process.env.EARSHOT_SHOW) {
    for (const { score, reasons, text } of missed) {
      console.log(score, reasons.map(({ code, points }) => `${code} ${points}`).join(), '|', text)
    }
  }
  const kinds = [...new Set(made.map(({ kind }) => kind))]
  table(
    ['spam', 'read', 'found %'],
    [
      ...kinds.map((kind) => [kind, ofEachKind, share(made.filter((one) => one.kind === kind))]),
      ['all that is made up by patterns', made.length, share(made)],
      ['written afterwards, one by one', kept.length, share(kept)],
    ],
  )
}
