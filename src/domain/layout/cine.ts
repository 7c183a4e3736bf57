import type { SlicePosition } from './slicePosition.ts'

/** Slices a second that one may choose. */
export const CINE_SPEEDS = [2, 5, 10, 15, 20, 30, 40, 60] as const

/** The speed so many steps quicker, or with a negative number slower. */
export function toCineSpeed(now: number, steps: number): number {
  const at = CINE_SPEEDS.findIndex((speed) => speed >= now)
  const wanted = (at < 0 ? CINE_SPEEDS.length - 1 : at) + steps
  return CINE_SPEEDS[Math.min(CINE_SPEEDS.length - 1, Math.max(0, wanted))]
}

/** Slices to scroll by for the next `advance` of a loop: behind the last one comes the first. */
export const toCineStep = ({ number, count }: Pick<SlicePosition, 'number' | 'count'>, advance: number): number =>
  ((number - 1 + advance) % count) + 1 - number
