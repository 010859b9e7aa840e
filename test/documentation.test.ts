import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const pages = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.md'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((page) => !/(^|\/)(node_modules|dist|\.earshot|\.tsbuild)\//.test(page))
const read = (page: string) => readFileSync(join(root, page), 'utf8')

describe('the documentation', () => {
  it.each(pages)('%s leads to files that are there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link)
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(page), link)))
    expect(broken).toEqual([])
  })

  it('links every step of the straight line from the first page', () => {
    const steps = [
      'widget/launcher.ts',
      'sdk/client.ts',
      'sdk/outbox.ts',
      'sdk/transport.ts',
      'worker/intake/route.ts',
      'worker/storage',
      'worker/jobs',
      'worker/inbox',
      'worker/export',
    ]
    expect(steps.filter((step) => !read('README.md').includes(`](${step}`))).toEqual([])
  })

  it('says why each dependency is there, and names none that is gone', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }
    const guide = read('CONTRIBUTING.md')
    expect(Object.keys(devDependencies).filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
  })

  it('names every command of package.json that a reader may run', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const readme = read('README.md') + read('CONTRIBUTING.md')
    const named = Object.keys(scripts).filter((name) =>
      readme.includes(`npm ${['start', 'test'].includes(name) ? '' : 'run '}${name}`),
    )
    expect(named.toSorted()).toEqual(Object.keys(scripts).toSorted())
  })
})
