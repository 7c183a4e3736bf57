/** Point spread of the scanner in the slice, Gaussian deviation: a standard kernel's 1.1 mm at half height. */
const BLUR_MM = 0.47
/** And across the slices, beside their thickness. */
const BLUR_ACROSS_MM = 0.3
/** Step of the cubes that a nodule is drawn in before a scanner sees it. */
export const FINE_MM = 0.3

/** Coverage in cubes of `FINE_MM`, `side` along each axis, as slices of a thickness show it; in place. */
export function blurAsScanner(values: Float32Array, side: number, acrossMm: number): void {
  const within = toGauss(BLUR_MM)
  convolve(values, side, 1, within)
  convolve(values, side, side, within)
  convolve(values, side, side ** 2, toGauss(BLUR_ACROSS_MM))
  const half = acrossMm / 2 / FINE_MM
  const whole = Math.floor(half + 0.5)
  const box = Array.from({ length: 2 * whole + 1 }, (_, n) => (Math.abs(n - whole) === whole ? half + 0.5 - whole : 1))
  convolve(values, side, side ** 2, normalise(box))
}

const normalise = (weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

function toGauss(deviationMm: number): number[] {
  const reach = Math.ceil((3 * deviationMm) / FINE_MM)
  return normalise(
    Array.from({ length: 2 * reach + 1 }, (_, n) => Math.exp(-0.5 * (((n - reach) * FINE_MM) / deviationMm) ** 2)),
  )
}

function convolve(values: Float32Array, side: number, step: number, weights: readonly number[]): void {
  const reach = (weights.length - 1) / 2
  const line = new Float32Array(side + 2 * reach)
  for (let outer = 0; outer < values.length; outer += step * side)
    for (let inner = 0; inner < step; inner++) {
      const start = outer + inner
      for (let n = 0; n < side; n++) line[n + reach] = values[start + n * step]
      for (let n = 0; n < side; n++) {
        let sum = 0
        for (let w = 0; w < weights.length; w++) sum += weights[w] * line[n + w]
        values[start + n * step] = sum
      }
    }
}
