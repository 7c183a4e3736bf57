/** Catmull-Rom interpolation of values at equally spaced knots; constant beyond the ends. */
export function interpolateKnots(values: readonly number[], first: number, step: number, at: number): number {
  const last = values.length - 1
  const u = Math.min(Math.max((at - first) / step, 0), last)
  const index = Math.min(Math.floor(u), last - 1)
  const t = u - index
  const before = values[Math.max(index - 1, 0)]
  const from = values[index]
  const to = values[index + 1]
  const after = values[Math.min(index + 2, last)]
  const slope = to - before
  const bend = 2 * before - 5 * from + 4 * to - after
  const twist = 3 * (from - to) + after - before
  return from + 0.5 * t * (slope + t * (bend + t * twist))
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothStep(low: number, high: number, at: number): number {
  const t = Math.min(Math.max((at - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}
