import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages, key } from './kilnyard.ts'

const pages = ['index.html', 'firings/index.html', 'pieces/index.html', 'settings/index.html']
const html = new Map<string, string>()
let outDir: string

beforeAll(async () => {
  outDir = await buildPages('1.2.3')
  for (const page of pages) html.set(page, await readFile(join(outDir, page), 'utf8'))
})

afterAll(() => rm(outDir, { recursive: true }))

describe('the demo’s pages', () => {
  it('carry the script tag with the key and the release they were built with, and no blank left open', () => {
    for (const text of html.values()) {
      expect(text).toContain(`<script async src="/earshot.js" data-key="${key}" data-release="1.2.3"`)
      expect(text).not.toContain('{{')
    }
  })

  it('keep to a policy without inline scripts, styles or handlers', () => {
    for (const text of html.values()) {
      expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
      for (const [, attributes] of text.matchAll(/<script([^>]*)>/g)) expect(attributes).toMatch(/\ssrc="/)
    }
  })

  it('refer only to files that are there, to each other, to the script and to the console', async () => {
    const files = (await readdir(outDir, { recursive: true })).map((file) => `/${file}`)
    for (const text of html.values()) {
      for (const [, target = ''] of text.matchAll(/\s(?:src|href)="(\/[^"]*)"/g)) {
        if (target === '/earshot.js' || target === '/console/') continue
        expect(files).toContain(target.endsWith('/') ? `${target}index.html` : target)
      }
    }
  })

  it('use only symbols that the page has', () => {
    for (const text of html.values()) {
      for (const [, id = ''] of text.matchAll(/<use href="#([^"]+)"/g)) expect(text).toContain(`<symbol id="${id}"`)
    }
  })

  it('open the form from a button of their own and mark the page one is on', () => {
    for (const text of html.values()) {
      expect(text.match(/<button[^>]*\sdata-earshot/g)).toHaveLength(1)
      expect(text.match(/aria-current="page"/g)).toHaveLength(1)
    }
  })

  it('write nothing where the collector and the console have their paths', async () => {
    expect((await readdir(outDir)).sort()).toEqual(['firings', 'index.html', 'kilnyard', 'pieces', 'settings'])
  })
})
