import type { Context, Crumb } from 'earshot/wire'
import type { Dice } from './random.ts'
import { paths, type Voice } from './voice.ts'

/** What the page knew when somebody spoke. */
export function contextFor(voice: Voice, from: Dice): Context {
  if (voice.area === 'billing') {
    return {
      invoice: { number: from.whole(1800, 2400), lines: from.whole(1, 9), total: from.whole(300, 24_000) / 100 },
    }
  }
  if (voice.area === 'labels') {
    return {
      print: {
        labels: from.whole(1, 60),
        size: from.one(['29x62', '38x90', '62x100']),
        via: from.one(['browser', 'agent']),
      },
    }
  }
  return {
    firing: {
      kiln: from.one(['Bertha', 'Little Ember', 'Yard raku', 'Kiln 2']),
      cone: from.one(['04', '6', '10', '018']),
      pieces: from.whole(8, 110),
      filled: from.whole(30, 100) / 100,
    },
  }
}

const errors: Partial<Record<Voice['area'], string[]>> = {
  labels: ['NetworkError: font not loaded', 'print: 0 glyphs drawn'],
  today: ['WebSocket closed: 1006', 'temperature stream stalled for 900 s'],
  pieces: ['POST /api/pieces 504', 'ResizeObserver loop completed with undelivered notifications'],
  booking: ['POST /api/bookings 409', 'TypeError: shelf is undefined'],
  account: ['GET /api/session 401', 'link used before: 410'],
}

/** What happened in the two minutes before a bug was reported. */
export function crumbsFor(voice: Voice, at: Date, from: Dice): Crumb[] {
  const crumbs: Crumb[] = [
    { at: ago(at, from.whole(70, 120)), type: 'navigation', message: paths[voice.area] },
    {
      at: ago(at, from.whole(30, 60)),
      type: 'click',
      message: `button “${from.one(['Save', 'Print', 'Book', 'Reload', 'Next'])}”`,
    },
  ]
  const known = errors[voice.area]
  if (known && from.chance(0.7))
    crumbs.push({ at: ago(at, from.whole(5, 25)), type: 'error', message: from.one(known) })
  return crumbs
}

function ago(at: Date, seconds: number): string {
  return new Date(at.getTime() - seconds * 1000).toISOString()
}
