import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const marker = path.join(root, 'node_modules', '.earshot-lock')

/** Installs the dependencies when they are missing or the lock file has moved on. Runs on any Node from 20. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return
  console.log('Installing dependencies …')
  // Not `npm ci`: some registries' settings leave addresses out of lock files, and it refuses those. `install` keeps
  // the locked versions all the same.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }
  const { status } = spawnSync(npm, ['install', '--no-audit', '--no-fund', '--loglevel', 'error'], options)
  if (status !== 0) {
    console.error('npm install failed. Check the network and the registry, then run the command again.')
    process.exit(1)
  }
  writeFileSync(marker, lock)
}

/** The project's own Node, whatever the machine has. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = path.join(root, 'node_modules', 'node', 'bin', name)
  return existsSync(own) ? own : process.execPath
}

/** Installs what is missing, then runs a script with the project's own Node; ends with its exit code. */
export async function runWithProjectNode(script, args) {
  ensureInstalled()
  const { spawn } = await import('node:child_process')
  const bin = path.join(root, 'node_modules', '.bin')
  const child = spawn(projectNode(), [path.join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${path.dirname(projectNode())}${path.delimiter}${bin}${path.delimiter}${process.env.PATH}`,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130))
}
