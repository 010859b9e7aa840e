const dayMs = 86_400_000
const lastDay = Math.floor(Date.UTC(9999, 11, 31) / dayMs)
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
const remembered = { day: Number.NaN, text: '' }

/**
 * An instant as `toISOString` gives it, several times faster where many fall on one day: exports write three an item.
 *
 * @example instantOf(1_795_339_800_250) // '2026-11-22T09:30:00.250Z'
 */
export function instantOf(ms: number): string {
  const day = Math.floor(ms / dayMs)
  if (day < 0 || day > lastDay) return new Date(ms).toISOString()
  if (day !== remembered.day) {
    remembered.day = day
    remembered.text = new Date(day * dayMs).toISOString().slice(0, 11)
  }
  let rest = ms - day * dayMs
  const hours = Math.floor(rest / 3_600_000)
  rest -= hours * 3_600_000
  const minutes = Math.floor(rest / 60_000)
  rest -= minutes * 60_000
  const seconds = Math.floor(rest / 1_000)
  rest -= seconds * 1_000
  return `${remembered.text}${two[hours]}:${two[minutes]}:${two[seconds]}${rest < 10 ? '.00' : rest < 100 ? '.0' : '.'}${rest}Z`
}
