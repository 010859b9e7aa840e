import { beforeAll, describe, expect, it } from 'vitest'
import type { Change, EndMark, Feedback, Tombstone } from '../../sdk/wire/index.ts'
import { random } from '../bench/sample.mjs'
import { newId, startSystem, type System } from '../support/system.ts'

const seed = Date.now() % 1_000_000
const writers = 6
const stepsEach = 40
const readers = 4

let system: System

beforeAll(async () => {
  system = await startSystem()
})

/** What survives a crash of a client: its cursor, and its copy as far as it was written. */
interface Disk {
  cursor: string | null
  copy: Map<string, Feedback>
  crashes: number
}

/** Ids that were acknowledged as stored, and those that were acknowledged as deleted. */
interface Written {
  stored: Set<string>
  deleted: Set<string>
}

/** Submits, imports, triages and deletes, in an order of its own. */
async function write(chance: () => number, written: Written): Promise<void> {
  const mine: string[] = []
  for (let step = 0; step < stepsEach; step++) {
    const what = chance()
    const one = mine[Math.floor(chance() * mine.length)]
    if (what < 0.5 || one === undefined) {
      const id = newId()
      const answer = await system.submit({ id, kind: 'bug', message: `said in step ${step}` })
      expect(answer.status).toBe(201)
      mine.push(id)
      written.stored.add(id)
    } else if (what < 0.6) {
      const lines = Array.from({ length: 5 }, () => ({
        id: newId(),
        kind: 'idea',
        message: `imported in step ${step}`,
      }))
      for (const { id, result } of await system.importLines(lines)) {
        expect(result).toBe('stored')
        mine.push(id)
        written.stored.add(id)
      }
    } else if (what < 0.9) {
      const status = ['open', 'planned', 'done'][Math.floor(chance() * 3)]
      const body = JSON.stringify({ status })
      const headers = { 'content-type': 'application/json' }
      expect((await system.call(`/v1/feedback/${one}`, { method: 'PATCH', headers, body })).status).toBe(200)
    } else {
      expect((await system.call(`/v1/feedback/${one}`, { method: 'DELETE' })).status).toBe(204)
      mine.splice(mine.indexOf(one), 1)
      written.deleted.add(one)
    }
  }
}

const isEnd = (line: Change | EndMark): line is EndMark => 'end' in line
const isTombstone = (line: Change): line is Tombstone => 'erased' in line

function apply(disk: Disk, line: Change): void {
  if (isTombstone(line)) disk.copy.delete(line.id)
  else disk.copy.set(line.id, line)
}

/**
 * Reads one page, and dies where `chance` says so: before it asks, in the middle of the answer, or after the last item
 * but before the cursor is on the disk. True when there is no more.
 */
async function readPage(disk: Disk, chance: () => number): Promise<boolean> {
  const limit = 3 + Math.floor(chance() * 40)
  const query = disk.cursor === null ? '' : `&cursor=${disk.cursor}`
  const death = chance()
  const cut = chance()
  if (death < 0.1) {
    disk.crashes++
    return false
  }
  const text = await (await system.call(`/v1/changes?limit=${limit}${query}`)).text()
  const got = death < 0.35 ? text.slice(0, Math.floor(text.length * cut)) : text
  const whole = got.slice(0, got.lastIndexOf('\n') + 1)
  const lines = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Change | EndMark)
  let before = disk.cursor === null ? 0 : Number(disk.cursor.slice(1))
  let end: EndMark | null = null
  for (const line of lines) {
    if (isEnd(line)) {
      end = line
      continue
    }
    expect(line.change, 'changes come in order, and none twice in a page').toBeGreaterThan(before)
    before = line.change
    const known = disk.copy.get(line.id)
    if (known) expect(line.change, 'no item goes back').toBeGreaterThanOrEqual(known.change)
    apply(disk, line)
  }
  if (end?.cursor === undefined || (death >= 0.35 && death < 0.45)) {
    disk.crashes++
    return false
  }
  expect(end.count).toBe(lines.length - 1)
  disk.cursor = end.cursor
  return end.more === false
}

/** Follows until `isOver` says that nobody writes any more and the end is reached. */
async function follow(disk: Disk, chance: () => number, isOver: () => boolean): Promise<void> {
  for (;;) {
    const wasOver = isOver()
    if ((await readPage(disk, chance)) && wasOver) return
  }
}

describe('a client that follows the changes, dies and resumes at random while writers write', () => {
  it('has at the end everything there is, each item as it is now, and nothing that was erased', async () => {
    const written: Written = { stored: new Set(), deleted: new Set() }
    const disks: Disk[] = Array.from({ length: readers }, () => ({ cursor: null, copy: new Map(), crashes: 0 }))
    let isOver = false
    const reading = disks.map((disk, i) => follow(disk, random(seed + i), () => isOver))
    await Promise.all(Array.from({ length: writers }, (_, i) => write(random(seed + 100 + i), written)))
    isOver = true
    await Promise.all(reading)

    const standing = [...written.stored].filter((id) => !written.deleted.has(id))
    const exported = await (await system.call('/v1/export?format=ndjson&spam=with')).text()
    const now = new Map(
      exported
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Feedback | EndMark)
        .filter((line): line is Feedback => !('end' in line))
        .map((item) => [item.id, item]),
    )
    expect([...now.keys()].toSorted(), `seed ${seed}`).toEqual(standing.toSorted())
    for (const disk of disks) {
      expect(disk.crashes, `seed ${seed}`).toBeGreaterThan(3)
      expect([...disk.copy.keys()].toSorted(), `seed ${seed}`).toEqual(standing.toSorted())
      for (const [id, item] of disk.copy) expect(item, `seed ${seed}`).toEqual(now.get(id))
    }
  }, 120_000)

  it('reads on with a cursor that it kept for long, and is told of an unreadable one', async () => {
    const whole = await (await system.call('/v1/changes?limit=1000')).text()
    const last = JSON.parse(whole.trim().split('\n').at(-1) ?? '') as EndMark
    const id = newId()
    await system.submit({ id, message: 'later' })
    const later = await (await system.call(`/v1/changes?cursor=${last.cursor}`)).text()
    const [first] = later.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as Feedback)))
    expect(first?.id).toBe(id)
    expect((await system.call('/v1/changes?cursor=soon')).status).toBe(400)
  })
})
