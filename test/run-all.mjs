import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from '../worker/dev/install.mjs'
import { failuresOf, inWords } from './failures.mjs'

const isLong = process.argv.includes('--long')
if (isLong) process.env.EARSHOT_TESTS = 'long'
const report = path.join(root, '.earshot', isLong ? 'test-report-long.json' : 'test-report.json')
mkdirSync(path.dirname(report), { recursive: true })

const run = (file, args) =>
  spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: root, stdio: 'inherit' })
    .status === 0

const only = process.argv.slice(2).filter((argument) => argument !== '--long')
const typesHold = isLong || only.length > 0 || run('typescript/bin/tsc', ['-b'])
if (!isLong) console.log(typesHold ? 'Types hold.' : 'Types do not hold.')

const first = runTests(only)
const again = first.failures.length > 0 && mayBeTheMachine(first.failures) ? runAgain(first.failures) : undefined
const failures = again ? again.failures : first.failures
const passed = first.passed + (again ? first.failures.length - again.failures.length : 0)
const failed = failures.length
if (again) console.log(`\n${inWords(first.failures, root, 'AT FIRST')}`)
if (failed > 0) console.log(`\n${inWords(failures, root)}`)
console.log(`\n${passed + (typesHold && !isLong ? 1 : 0)} passed, ${failed + (typesHold ? 0 : 1)} failed`)
process.exit(failed > 0 || !typesHold ? 1 : 0)

function runTests(files) {
  const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]
  rmSync(report, { force: true })
  run('vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.ts', ...reporters, ...files])
  return readReport()
}

/**
 * What a person would see in the console may come late on a busy machine: up to three of its files get a second attempt,
 * whole and in a fresh process, and the log says so. Whatever stores, counts or guards gets none: there, once in a
 * hundred times is a fault.
 */
function mayBeTheMachine(failed) {
  const files = new Set(failed.map(({ file }) => file))
  return files.size <= 3 && [...files].every((file) => path.basename(file).includes('.browser.'))
}

function runAgain(failed) {
  console.log('\nOnce more, what failed in a browser:')
  return runTests([...new Set(failed.map(({ file }) => path.relative(root, file)))])
}

/** A run that wrote no report is a failure too. */
function readReport() {
  try {
    const written = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: written.numPassedTests, failures: failuresOf(written) }
  } catch (error) {
    return { passed: 0, failures: [{ file: report, test: '(the tests left no report)', why: error.message }] }
  }
}
