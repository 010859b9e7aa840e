import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from '../worker/dev/install.mjs'

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

const { passed, failed } = readReport()
console.log(`\n${passed + (typesHold && !isLong ? 1 : 0)} passed, ${failed + (typesHold ? 0 : 1)} failed`)
process.exit(failed > 0 || !typesHold ? 1 : 0)

/** A run that wrote no report, or a file that failed outside of its tests, is a failure too. */
function readReport() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    // Failed outside of its tests: it could not be loaded, or what stands before or after the tests failed.
    const outside = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    )
    return { passed: numPassedTests, failed: numFailedTests + outside.length }
  } catch (error) {
    console.error(`The tests left no report: ${error.message}`)
    return { passed: 0, failed: 1 }
  }
}
