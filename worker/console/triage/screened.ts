import type { ScreenCode, ScreenReason } from '../../../sdk/wire/index.ts'

const titles: Record<ScreenCode, string> = {
  trap: 'Filled a hidden field',
  links: 'Links',
  markup: 'Links in code',
  pitch: 'Sounds like selling',
  repetition: 'Repeats itself',
  gibberish: 'No language’s words',
  haste: 'Typed too fast',
}

/** @example reasonTitle({ code: 'links', points: 1, detail: '4 links in 12 words' }) // '4 links' */
export function reasonTitle({ code, detail }: ScreenReason): string {
  const [count] = (code === 'links' && /^\d+ links?/.exec(detail)) || []
  // A later version of the collector may know others.
  return count ?? titles[code] ?? detail
}
