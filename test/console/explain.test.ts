import { describe, expect, it } from 'vitest'
import { explain } from '../../worker/console/collector/answer.ts'

const refused = (status: number, detail: string, requestId = 'r1', code: 'unavailable' | 'fault' = 'unavailable') =>
  explain({
    because: 'refused',
    problem: { type: 'about:blank', title: 'Unavailable', status, detail, code, requestId },
  })

describe('why the collector could not, in words', () => {
  it('is what happened, and then what to do about it', () => {
    expect(refused(503, 'The database is of an older release. Apply the migrations.')).toEqual({
      what: 'The database is of an older release.',
      next: 'Apply the migrations. If it goes on, quote request r1.',
    })
  })

  it('is to try again where nothing else is said, by something in front of the collector too', () => {
    expect(refused(502, 'The server answered 502.', '')).toEqual({
      what: 'The server answered 502.',
      next: 'Try again.',
    })
  })

  it('leaves out the name of a field where the sentences say what to do', () => {
    const issues = [{ path: 'addLabels', reason: 'an item has 50 labels at most' }]
    const detail = 'X0PR81YD would have more than 50 labels. Take some away first.'
    const problem = { type: '', title: '', status: 422, detail, code: 'invalid', requestId: 'r3', issues } as const
    expect(explain({ because: 'refused', problem: { ...problem, issues: [...issues] } })).toEqual({
      what: 'X0PR81YD would have more than 50 labels.',
      next: 'Take some away first.',
    })
  })

  it('says of a fault that what was stored is safe', () => {
    const { what, next } = refused(500, 'Something failed here. Quote the request.', 'r2', 'fault')
    expect([what, next]).toEqual([
      'Something failed in the collector.',
      'What was stored is safe. Try again. If it goes on, quote request r2.',
    ])
  })
})
