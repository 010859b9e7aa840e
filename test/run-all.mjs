import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from '../worker/dev/install.mjs'
import { failuresOf, inWords } from './failures.mjs'

const isLong = process.argv.includes('--long')
if (isLong) process.env.EARSHOT_TESTS = 'long'
const report = path.join(root, '.earshot', isLong ? 'test-report-long.json' : 'test-report.json')
mkdirSync(path.dirname(report), { recursive: true })
rmSync(report, { force: true })

const run = (file, args) =>
  spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: root, stdio: 'inherit' })
    .status === 0

const only = process.argv.slice(2).filter((argument) => argument !== '--long')
const typesHold = isLong || only.length > 0 || run('typescript/bin/tsc', ['-b'])
if (!isLong) console.log(typesHold ? 'Types hold.' : 'Types do not hold.')
run('vitest/vitest.mjs', [
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter',
  'default',
  '--reporter',
  'json',
  '--outputFile.json',
  report,
  ...only,
])

const { passed, failures } = readReport()
const failed = failures.length
if (failed > 0) console.log(`\n${inWords(failures, root)}`)
console.log(`\n${passed + (typesHold && !isLong ? 1 : 0)} passed, ${failed + (typesHold ? 0 : 1)} failed`)
process.exit(failed > 0 || !typesHold ? 1 : 0)

/** A run that wrote no report is a failure too. */
function readReport() {
  try {
    const written = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: written.numPassedTests, failures: failuresOf(written) }
  } catch (error) {
    return { passed: 0, failures: [{ file: report, test: '(the tests left no report)', why: error.message }] }
  }
}
