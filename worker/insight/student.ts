/** The 97.5 % quantile of the normal distribution. */
export const z95 = 1.959963984540054

/** ln Γ(x) for x > 0: Stirling's series from 16 on, and Γ(x + 1) = x Γ(x) below. Abramowitz and Stegun, 6.1.41. */
function logGamma(x: number): number {
  let [at, below] = [x, 0]
  for (; at < 16; at++) below += Math.log(at)
  const square = at * at
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / at
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - below
}

/** The regularised incomplete beta function by its continued fraction (Lentz), Numerical Recipes § 6.4. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x >= (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x)
  const tiny = 1e-300
  let [c, d] = [1, 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny)]
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d, tiny)
    c = nonZero(1 + even / c, tiny)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d, tiny)
    c = nonZero(1 + odd / c, tiny)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)
  return (Math.exp(front) * fraction) / a
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/**
 * How far from 0 the middle 95 % of Student's t distribution reach: its 97.5 % quantile. `degrees` need not be whole
 * (Welch); beyond a million it is the normal one.
 *
 * @example quantile95(10) // 2.228139, as R's qt(0.975, 10)
 */
export function quantile95(degrees: number): number {
  if (degrees > 1e6) return z95
  // P(|T| > t) = I(ν/(ν+t²); ν/2, ½) falls with t: bisect on ln t.
  const tail = (t: number) => incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t))
  let [low, high] = [0, Math.log(z95)]
  while (tail(Math.exp(high)) > 0.05) [low, high] = [high, high + 1]
  for (let i = 0; i < 60 && high - low > 1e-14; i++) {
    const middle = (low + high) / 2
    if (tail(Math.exp(middle)) > 0.05) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
