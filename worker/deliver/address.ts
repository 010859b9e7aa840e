import ipaddr from 'ipaddr.js'

/** Where a message goes, once its URL was looked at; or why it goes nowhere. */
export type Target = { ok: true; url: URL; isLiteral: boolean } | { ok: false; reason: string }

/** What a deployment allows besides https to public addresses. */
export interface Allowed {
  /** Also http, and this machine itself: for development and tests. */
  loopback: boolean
}

/** Names that stand for this machine or its neighbours, wherever they are asked for. */
const localNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)\.?$/i

/**
 * Looks at the URL of a receiver, whichever way its host is spelled: the URL parser has made decimal, octal, hexadecimal
 * and full-width spellings of an address one.
 *
 * @example checkUrl('https://0x7f.1/hook', { loopback: false }) // { ok: false, reason: '127.0.0.1 is not a public address' }
 */
export function checkUrl(text: string, allowed: Allowed): Target {
  if (!URL.canParse(text)) return no('is no URL: it begins with https://')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return no('is not https')
  if (url.username !== '' || url.password !== '') {
    return no('has a name or a password in it; put a token into the path instead')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === '') return no('names no host')
  url.hash = ''
  const isLiteral = ipaddr.isValid(host)
  if (allowed.loopback && (isLoopback(host) || host === 'localhost')) return { ok: true, url, isLiteral: true }
  if (url.protocol !== 'https:') return no('is not https')
  if (isLiteral) return isPublic(host) ? { ok: true, url, isLiteral } : no(`has ${host}, which is not a public address`)
  if (localNames.test(host) || !host.replace(/\.$/, '').includes('.')) {
    return no(`names ${host}, which only this machine or its neighbours know`)
  }
  return { ok: true, url, isLiteral }
}

const no = (reason: string): Target => ({ ok: false, reason })

/**
 * Whether an address is one that everybody reaches: global unicast, and none that stands for another one (mapped,
 * translated, tunnelled). What is not known to be public is not.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // Of IPv6 only 2000::/3 is given out for the public; the rest is unassigned, or old ways to write IPv4.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3)
}

const isLoopback = (host: string): boolean => ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback'
