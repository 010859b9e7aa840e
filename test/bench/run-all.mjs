import { cpus, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../worker/dev/install.mjs'

const names = [
  'size',
  'sdk',
  'page',
  'open',
  'capture',
  'retries',
  'rows',
  'intake',
  'isolation',
  'spam',
  'export',
  'inbox',
  'insight',
  'console',
]
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'))
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no benchmark '${unknown}'. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/workerd/package.json'), 'utf8'))
console.log(
  `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, workerd ${version}`,
)
console.log('Machines differ and are shared: read the ratios, not the absolute figures.')
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n== ${name}`)
  const { bench } = await import(`./${name}.mjs`)
  await bench()
}
