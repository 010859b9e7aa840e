import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const LINES = 12

/**
 * What failed in a run of the tests: each test with its file and the first lines of why, and each file that failed
 * outside of its tests (it could not be loaded, or what stands before or after the tests failed).
 *
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: { fullName: string, status: string, failureMessages: string[] }[] }[] }} report
 *   as Vitest's JSON reporter writes it
 * @returns {{ file: string, test: string, why: string }[]}
 */
export function failuresOf(report) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0)
      return status === 'failed' ? [{ file: name, test: '(outside of its tests)', why: message }] : []
    return failed.map(({ fullName, failureMessages }) => ({
      file: name,
      test: fullName,
      why: failureMessages.join('\n'),
    }))
  })
}

/** The same as lines to read, files relative to `root`; `label` is what each begins with. */
export function inWords(failures, root, label = 'FAILED') {
  return failures
    .map(({ file, test, why }) => {
      const lines = stripVTControlCharacters(why).split('\n').slice(0, LINES)
      return `${label} ${path.relative(root, file)}: ${test}\n${lines.map((line) => `  ${line.slice(0, 300)}`).join('\n')}`
    })
    .join('\n')
}

// `node test/failures.mjs REPORT …` says what failed in these runs: where a log is long, its end is what people see.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const report of process.argv.slice(2).filter((file) => existsSync(file))) {
    const failures = failuresOf(JSON.parse(readFileSync(report, 'utf8')))
    if (failures.length > 0) console.log(inWords(failures, process.cwd()))
  }
}
