import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../worker/dev/install.mjs'
import { faults } from './list.mjs'
import { tableOf } from './table.mjs'

const home = path.join(root, '.earshot')
const [report, tallies] = ['faults-report.json', 'faults.jsonl'].map((name) => path.join(home, name))
mkdirSync(home, { recursive: true })
for (const file of [report, tallies]) rmSync(file, { force: true })

// `npm run test:faults -- WORD …` makes those faults only whose name has one of the words.
const words = process.argv.slice(2)
const wanted = faults.filter(({ fault }) => words.length === 0 || words.some((word) => fault.includes(word)))
if (wanted.length === 0) {
  console.error(`No fault has these words. There are:\n${faults.map(({ fault }) => `  ${fault}`).join('\n')}`)
  process.exit(1)
}
const files = [...new Set(wanted.flatMap(({ tests }) => tests.map(([file]) => file)))]
const gone = files.filter((file) => !existsSync(path.join(root, file)))
if (gone.length > 0) {
  console.error(`test/faults/list.mjs names files that are not there: ${gone.join(', ')}`)
  process.exit(1)
}
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report]
spawnSync(process.execPath, [vitest, 'run', '--config', 'test/vitest.config.ts', ...reporters, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, EARSHOT_TESTS: 'all', EARSHOT_FAULTS: tallies },
})

const { text, isWhole } = tableOf(wanted, readReport(), readTallies())
console.log(`\n${text}`)
process.exit(isWhole ? 0 : 1)

/** Each test that ran: its file, its name with those of what it stands in, and how it went. */
function readReport() {
  if (!existsSync(report)) return []
  return JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(({ name, status: whole, assertionResults }) => {
    // What stands before the tests failed: they are skipped, and not because this machine lacks something.
    const isBroken = whole === 'failed' && assertionResults.every(({ status }) => status !== 'failed')
    return assertionResults.map(({ fullName, status }) => ({
      file: path.relative(root, name),
      test: fullName,
      status: isBroken && status !== 'passed' ? 'failed' : status,
    }))
  })
}

/** What tests counted, as `record.ts` wrote it. */
function readTallies() {
  if (!existsSync(tallies)) return []
  const lines = readFileSync(tallies, 'utf8').trimEnd().split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}
