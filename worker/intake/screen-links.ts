import type { ScreenReason } from '../../sdk/wire/index.ts'

const link = /\b(?:https?:\/\/|www\.)[^\s<>"'()[\]{}|]+/gi
/** A place in code, as stack traces give it. */
const place = /:\d+:\d+$/
/** Links as forums and HTML write them: no person types these into a form, but people do quote HTML. */
const bbcode = /\[(?:url|link)(?:=|\])/gi
const anchor = /<a\s[^>]*href\s*=/gi

/** A text without its links, and the hosts of those that lead away from the page it was said on. */
export function takeLinks(text: string, ownHost: string | null): { rest: string; hosts: string[] } {
  const hosts: string[] = []
  const rest = text.replace(link, (found) => {
    const address = found.startsWith('www.') ? `https://${found}` : found
    const host = URL.canParse(address) ? new URL(address).hostname : null
    if (host !== null && host !== ownHost && !place.test(found)) hosts.push(host)
    return ' '
  })
  return { rest, hosts }
}

/**
 * What links count for. One in a bug report is nothing to wonder at, nor are many in a long one: what counts is how few
 * words stand around them. One alone is never spam.
 */
export function screenLinks(hosts: readonly string[], words: number): ScreenReason[] {
  const count = hosts.length
  if (count === 0) return []
  const perLink = words / count
  const points = count === 1 ? 0.35 : count >= 4 && perLink < 2 ? 1 : perLink < 8 ? 0.6 : perLink < 30 ? 0.4 : 0.2
  const detail = `${count} ${count === 1 ? 'link' : 'links'} in ${words} ${words === 1 ? 'word' : 'words'}`
  return [{ code: 'links', points, detail }]
}

/** What links written for a forum or a page count for. */
export function screenMarkup(text: string): ScreenReason[] {
  const forums = text.match(bbcode)?.length ?? 0
  const anchors = text.match(anchor)?.length ?? 0
  if (forums + anchors === 0) return []
  const points = forums > 0 ? 0.8 : Math.min(0.3 * anchors, 0.7)
  return [{ code: 'markup', points, detail: forums > 0 ? 'links written as [url]' : 'links written as HTML' }]
}
