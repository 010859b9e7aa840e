import type { Dice } from './random.ts'
import type { Voice } from './voice.ts'

/** What the team has made of it by now: the older, the more is done. */
export function triage(voice: Voice, ageDays: number, from: Dice): { status: string; labels: string[] } {
  const labels = ageDays > 1 && (voice.labels || from.chance(0.1)) ? [...(voice.labels ?? ['to-discuss'])] : []
  if (voice.kind === 'idea' && ageDays > 10 && from.chance(0.12)) labels.push('quick-win')
  return { status: statusFor(voice, ageDays, from), labels: from.chance(0.85) ? labels : [] }
}

function statusFor(voice: Voice, ageDays: number, from: Dice): string {
  if (ageDays < 1.5) return 'new'
  if (voice.labels?.includes('printing')) return from.chance(0.85) ? 'done' : 'open'
  const seen = Math.min(1, ageDays / 20)
  if (from.chance(1 - seen * 0.9)) return from.chance(0.7) ? 'new' : 'open'
  if (voice.kind === 'idea') return from.weighted({ open: 30, planned: 38, done: 14, declined: 18 })
  if (voice.kind === 'bug') return from.weighted({ open: 22, planned: 14, done: 56, declined: 8 })
  return from.weighted({ open: 12, done: 84, declined: 4 })
}
