/** The accent where neither page nor project says one: a clear indigo. */
export const indigo = '#4b50d5'

/**
 * The end of a `color(from …)`: the colour as it is where it is dark enough for white letters, and for letters on white,
 * else scaled down to a luminance of 0.12. That leaves its hue, and more than 4.5:1 both ways.
 */
export const scaled = 'xyz calc(x*min(1,.12/y)) calc(y*min(1,.12/y)) calc(z*min(1,.12/y))'
