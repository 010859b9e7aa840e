import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Papa from 'papaparse'
import { random } from './sample.mjs'

const columns = ['text', 'title', 'body']
/** Longer reports are cut to what a person types into a form. */
const messageMaxChars = 2_000

/**
 * What real people wrote, from the CSV files of a folder: the columns `text`, `title` and `body`. The same folder gives
 * the same texts in the same order.
 */
export function readTexts(folder) {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .flatMap((name) => {
      const { data } = Papa.parse(readFileSync(path.join(folder, name), 'utf8'), { header: true, skipEmptyLines: true })
      return data.flatMap((row) => columns.map((column) => row[column]?.trim().slice(0, messageMaxChars)))
    })
    .filter((text) => text !== undefined && text.length > 3)
  if (texts.length === 0) throw new Error(`No CSV file in ${folder} has a column named ${columns.join(', ')}.`)
  return texts
}

/** The same file by file, whole and short ones too. */
export function readAllTexts(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => {
      const { data } = Papa.parse(readFileSync(path.join(folder, name), 'utf8'), { header: true, skipEmptyLines: true })
      return [name, data.flatMap((row) => columns.flatMap((column) => row[column]?.trim() || []))]
    })
    .filter(([, texts]) => texts.length > 0)
}

/** Words to search for, by how many texts hold them: the same ones for the same texts. */
export function wordsByFrequency(texts) {
  const counts = new Map()
  for (const text of texts) {
    for (const word of new Set(text.toLowerCase().match(/[a-z]{4,}/g))) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const within = (low, high) => {
    const found = [...counts].filter(([, count]) => count >= texts.length * low && count < texts.length * high)
    const next = random(found.length)
    return found
      .map(([word]) => [next(), word])
      .sort(([a], [b]) => a - b)
      .map(([, word]) => word)
  }
  return {
    rare: within(1 / texts.length, 4 / texts.length),
    medium: within(0.002, 0.01),
    common: within(0.02, 0.2),
  }
}
