import { removed } from '../scrub.ts'

const readMaxChars = 4_000
const cardMinDigits = 13
const cardMaxDigits = 19

// What follows an address's ? or #; of a stack's frame, line and column stay.
const afterAddress = /(\w:\/\/[^\s"'<>()?#]*)[?#][^\s"'<>()]*?((?::\d{1,6}:\d{1,6})?(?=[\s"'<>()]|$))/g
const userInAddress = /(\w:\/\/)[^\s"'<>()/?#]*@/g
const query = /(?<=[\w/])[?#][\w.[\]%-]+=[^\s"'<>()]*/g
const bearer = /\b(bearer\s+)(?=[^\s"',]*\d|[^\s"',]{20})[\w.~+/=-]+/gi
const token = /\beyJ[\w-]+\.[\w.-]+|\b(?:sec|idn|[sr]k_live|[sr]k_test)_\w{16,}/g
const digits = /(?<!\d)\d(?:[ -]?\d){12,}/g

/**
 * A text that nobody wrote for others to read (console, errors, clicks, requests), at most 4,000 characters of it:
 * addresses without user, query and hash; bearer tokens, JWTs, secret keys and card numbers removed.
 *
 * @example
 * mask('GET https://a.example/pay?card=1 Bearer eyJhbGciOi.J9.x') // 'GET https://a.example/pay Bearer [removed]'
 */
export function mask(text: string): string {
  const read = text.slice(0, readMaxChars)
  return maskSecrets(read.replace(userInAddress, '$1').replace(afterAddress, '$1$2').replace(query, ''))
}

/** The same for a text whose addresses are scrubbed already. */
export function maskSecrets(text: string): string {
  return text
    .replace(bearer, `$1${removed}`)
    .replace(token, removed)
    .replace(digits, (run) => (holdsCard(run) ? removed : run))
}

/** True where some of the groups of digits, one after the other, are a card's number. */
function holdsCard(run: string): boolean {
  const groups = run.split(/[ -]/)
  return groups.some((_, from) => {
    let number = ''
    for (const group of groups.slice(from, from + cardMaxDigits)) {
      number += group
      if (number.length > cardMaxDigits) return false
      if (number.length >= cardMinDigits && passesLuhn(number)) return true
    }
    return false
  })
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(number: string): boolean {
  let sum = 0
  for (const [at, digit] of number.split('').toReversed().entries()) {
    const value = Number(digit) * (1 + (at % 2))
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}
