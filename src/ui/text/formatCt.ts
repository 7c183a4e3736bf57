import type { Orientation } from '../../domain/geometry/viewPlane.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'

/** Numbers of a scan as radiologists read them. True minus signs, so that columns of digits line up. */

const withTrueMinus = (text: string): string => text.replace('-', '−')

/** One coordinate by the letter of its side, so that the number is never negative: "S 102.0", "R 12.3". */
const formatSide = (value: number, positive: string, negative: string): string =>
  `${value < 0 ? negative : positive} ${Math.abs(value).toFixed(1)}`

/** A point in LPS mm as "L 12.3 · P 40.1 · S 102.0". */
export const formatPositionMm = ([x, y, z]: Vec3): string =>
  [formatSide(x, 'L', 'R'), formatSide(y, 'P', 'A'), formatSide(z, 'S', 'I')].join(' · ')

/** Where a slice through the point lies along the axis that its view scrolls. */
export function formatSlicePositionMm(orientation: Orientation, [x, y, z]: Vec3): string {
  if (orientation === 'sagittal') return formatSide(x, 'L', 'R')
  return orientation === 'coronal' ? formatSide(y, 'P', 'A') : formatSide(z, 'S', 'I')
}

export const formatHu = (hu: number | null): string => (hu === null ? '–' : `${withTrueMinus(hu.toFixed(0))} HU`)

export const formatWindow = (widthHu: number, centerHu: number): string =>
  `W ${widthHu.toFixed(0)} L ${withTrueMinus(centerHu.toFixed(0))}`

export const formatSize = (size: Vec3): string => size.join(' × ')

/** Up to two decimals, without idle zeros: "0.7 × 0.7 × 1.25 mm". */
export const formatSpacingMm = (spacingMm: Vec3): string =>
  `${spacingMm.map((mm) => String(Number(mm.toFixed(2)))).join(' × ')} mm`
