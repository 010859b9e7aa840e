import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** An empty project that installed what `npm pack` gives. */
export interface Consumer {
  folder: string
  tarball: string
  /** Writes a file, its folders made. */
  write(file: string, text: string): Promise<void>
  /** Runs a program of the project's Node; gives what it printed. Rejects with that too. */
  node(...args: string[]): Promise<string>
  remove(): Promise<void>
}

/**
 * Packs the package as it was built and installs it, without a network, in an empty project. `borrowed` are packages
 * that the project has too: they are linked from ours.
 */
export async function installPacked(borrowed: readonly string[]): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-consumer-'))
  const npm = (args: string[], cwd: string) => run('npm', [...args, '--loglevel=error'], { cwd })
  await npm(['pack', '--ignore-scripts', '--pack-destination', folder], root)
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  const tarball = join(folder, packed as string)
  const write: Consumer['write'] = async (file, text) => {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  await write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  await npm(['install', tarball, '--offline', '--no-audit', '--no-fund'], folder)
  for (const name of borrowed) {
    const place = join(folder, 'node_modules', name)
    await mkdir(dirname(place), { recursive: true })
    if (!existsSync(place)) await symlink(join(root, 'node_modules', name), place)
  }
  return {
    folder,
    tarball,
    write,
    async node(...args) {
      try {
        const { stdout, stderr } = await run(process.execPath, args, { cwd: folder })
        return stdout + stderr
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
        throw new Error(`node ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
