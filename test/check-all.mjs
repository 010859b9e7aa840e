import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build } from '../worker/dev/build.mjs'
import { root } from '../worker/dev/install.mjs'

const modules = (file) => path.join(root, 'node_modules', file)
const steps = [
  ['types', [modules('typescript/bin/tsc'), '-b']],
  ['lint', [modules('oxlint/bin/oxlint'), '--type-aware']],
  ['format', [modules('oxfmt/bin/oxfmt'), '--check']],
  ['architecture', [modules('vitest/vitest.mjs'), 'run', '--root', root, 'test/architecture.test.ts']],
  ['sizes', [path.join(root, 'widget/size.mjs')]],
]

await build()
let failed = 0
for (const [name, args] of steps) {
  const started = Date.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  const holds = status === 0
  if (!holds) failed++
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!holds || name === 'sizes') console.log(`${stdout}${stderr}`)
}
console.log(`${steps.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
