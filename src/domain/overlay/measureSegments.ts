import { toPatientPoint } from '../geometry/grid.ts'
import { cross, dot } from '../geometry/vector.ts'
import { type SegmentExtent, type SegmentVoxels, segmentAt } from './segmentation.ts'

interface LayerSum {
  frame: number
  layer: number
  count: number
  i: number
  j: number
}

/** Volume and a place of each segment that has any voxel. */
export function measureSegments(segmentation: SegmentVoxels): SegmentExtent[] {
  const { grid, frames } = segmentation
  const [columns, rows] = grid.size
  const totals = new Map<number, number>()
  const largest = new Map<number, LayerSum>()
  frames.forEach(({ layer }, frame) => {
    const sums = new Map<number, LayerSum>()
    for (let pixel = 0; pixel < columns * rows; pixel++) {
      const segment = segmentAt(segmentation, frame, pixel)
      if (segment === 0) continue
      const sum = sums.get(segment) ?? { frame, layer, count: 0, i: 0, j: 0 }
      if (sum.count === 0) sums.set(segment, sum)
      sum.count++
      sum.i += pixel % columns
      sum.j += Math.floor(pixel / columns)
    }
    for (const [segment, sum] of sums) {
      totals.set(segment, (totals.get(segment) ?? 0) + sum.count)
      if (sum.count > (largest.get(segment)?.count ?? 0)) largest.set(segment, sum)
    }
  })
  const [a, b, c] = grid.stepsLpsMm
  const voxelMl = Math.abs(dot(a, cross(b, c))) / 1000
  const inOrder = [...largest].sort(([one], [other]) => one - other)
  return inOrder.map(([number, sum]) => ({
    number,
    ml: (totals.get(number) ?? 0) * voxelMl,
    pointLpsMm: toPatientPoint(grid, [...toNearest(segmentation, number, sum), sum.layer]),
  }))
}

function toNearest(segmentation: SegmentVoxels, number: number, { frame, count, i, j }: LayerSum): [number, number] {
  const [columns, rows] = segmentation.grid.size
  const middle = [i / count, j / count]
  let best: [number, number] = [0, 0]
  let least = Number.POSITIVE_INFINITY
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    if (segmentAt(segmentation, frame, pixel) !== number) continue
    const at: [number, number] = [pixel % columns, Math.floor(pixel / columns)]
    const distance = Math.hypot(at[0] - middle[0], at[1] - middle[1])
    if (distance < least) [least, best] = [distance, at]
  }
  return best
}
