/** Least height of a bar, so that silence is a line and not a gap. */
const MIN_BAR = 0.04

const round = (value: number): string => String(Number(value.toFixed(2)))

/**
 * Peaks (0…1) as one SVG path of vertical strokes in a box of width `peaks.length` and height 1, mirrored about its
 * middle. Peaks outside of 0…1 are clamped.
 */
export function toWaveformPath(peaks: readonly number[]): string {
  return peaks
    .map((peak, index) => {
      const height = Math.max(MIN_BAR, Math.min(1, peak))
      return `M${round(index + 0.5)} ${round((1 - height) / 2)}v${round(height)}`
    })
    .join('')
}
