import { addScaled, cross, dot, lengthOf, scale, subtract } from '../../domain/geometry/vector.ts'
import { BORDER_SHARE, type NoduleBorder, readBorder, toBorderBall } from '../../domain/nodule/noduleBorder.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { ShownPlane } from '../tools/measureBench.ts'
import { traceIsoLines } from './isoLines.ts'

/** Where a plane, whichever way it lies, cuts the border of a nodule: pieces of a line, both ends in LPS mm. */
export function toBorderLines(
  border: NoduleBorder,
  { normal, pointLpsMm }: Pick<ShownPlane, 'normal' | 'pointLpsMm'>,
): readonly (readonly [Vec3, Vec3])[] {
  const { centerLpsMm, radiusMm } = toBorderBall(border)
  const off = dot(normal, subtract(centerLpsMm, pointLpsMm))
  if (Math.abs(off) > radiusMm) return []
  const middle = addScaled(centerLpsMm, normal, -off)
  const across = cross(normal, Math.abs(normal[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0])
  const u = scale(across, 1 / lengthOf(across))
  const v = cross(normal, u)
  const half = Math.ceil(radiusMm / border.stepMm)
  const side = 2 * half + 1
  const toPoint = (x: number, y: number): Vec3 =>
    addScaled(addScaled(middle, u, (x - half) * border.stepMm), v, (y - half) * border.stepMm)
  const shares = Float32Array.from({ length: side * side }, (_, at) =>
    readBorder(border, toPoint(at % side, Math.floor(at / side))),
  )
  const ends = traceIsoLines(shares, side, side, BORDER_SHARE)
  return Array.from({ length: ends.length / 4 }, (_, n) => [
    toPoint(ends[4 * n], ends[4 * n + 1]),
    toPoint(ends[4 * n + 2], ends[4 * n + 3]),
  ])
}
