import { toGridPoint, toVolumeGrid } from '../geometry/grid.ts'
import { findViewAxis } from '../geometry/sliceStack.ts'
import { dot, lengthOf, subtract } from '../geometry/vector.ts'
import { readHu, toVoxelIndex } from '../geometry/voxel.ts'
import { type NoduleReading, toEquivalentMm } from '../nodule/noduleReading.ts'
import { readBetween } from '../slab/readBetween.ts'
import { readSlabAt } from '../slab/slabReader.ts'
import { toMissingMask } from '../volume/measuredLayers.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { type Measure, type MeasureShape, toNormal } from './measure.ts'
import { toRegion } from './region.ts'
import { measureHu } from './statistics.ts'

export type MeasureUnit = 'mm' | 'mm2' | 'mm3' | 'deg' | 'HU'

/** One number that a measure gives. */
export interface MeasureValue {
  readonly name:
    | 'length'
    | 'long axis'
    | 'short axis'
    | 'angle'
    | 'area'
    | 'mean'
    | 'SD'
    | 'min'
    | 'max'
    | 'value'
    | 'volume'
    | 'core volume'
    | 'diameter'
  readonly value: number
  readonly unit: MeasureUnit
}

/** A measure with its numbers in the study's volume. */
export interface ReadMeasure {
  readonly measure: Measure
  readonly values: readonly MeasureValue[]
}

/** All numbers of a measure in a volume; an arrow, and what lies outside of all that was measured, has none or fewer. */
export function readMeasure(volume: Volume, shape: MeasureShape): readonly MeasureValue[] {
  const { kind, points } = shape
  if (kind === 'length') return [{ name: 'length', value: distanceMm(points[0], points[1]), unit: 'mm' }]
  if (kind === 'bidirectional') return readAxes(points)
  if (kind === 'nodule') return shape.nodule ? readNodule(points, shape.nodule) : []
  if (kind === 'angle') return [{ name: 'angle', value: toAngleDegrees(points), unit: 'deg' }]
  if (kind === 'probe') return readProbe(volume, shape)
  return kind === 'arrow' ? [] : readRegion(volume, shape)
}

export const distanceMm = (a: Vec3, b: Vec3): number => lengthOf(subtract(a, b))

function readAxes([a, b, c, d]: readonly Vec3[]): MeasureValue[] {
  const [short, long] = [distanceMm(a, b), distanceMm(c, d)].sort((one, other) => one - other)
  return [
    { name: 'long axis', value: long, unit: 'mm' },
    { name: 'short axis', value: short, unit: 'mm' },
  ]
}

/** Diameter: of the ball of the same volume. */
function readNodule(points: readonly Vec3[], { volumeMm3, coreMm3, meanHu }: NoduleReading): MeasureValue[] {
  const core: MeasureValue[] = coreMm3 === null ? [] : [{ name: 'core volume', value: coreMm3, unit: 'mm3' }]
  return [
    ...readAxes(points),
    { name: 'volume', value: volumeMm3, unit: 'mm3' },
    ...core,
    { name: 'diameter', value: toEquivalentMm(volumeMm3), unit: 'mm' },
    { name: 'mean', value: meanHu, unit: 'HU' },
  ]
}

/** Between the arms at the vertex, the middle point, 0…180°. */
function toAngleDegrees([a, vertex, b]: readonly Vec3[]): number {
  const [first, second] = [subtract(a, vertex), subtract(b, vertex)]
  const cosine = dot(first, second) / (lengthOf(first) * lengthOf(second))
  return Number.isFinite(cosine) ? (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI : 0
}

function readProbe(volume: Volume, { points: [point], plane, slab }: MeasureShape): MeasureValue[] {
  const grid = toVolumeGrid(volume)
  const source = { hu: volume.hu, size: volume.size, missing: toMissingMask(volume) }
  const normal = toNormal(plane)
  const isCut = findViewAxis(volume, normal) === null
  const hu = slab
    ? readSlabAt(source, grid, point, normal, slab)
    : isCut
      ? readBetween(source, ...toGridPoint(grid, point))
      : readHu(volume, toVoxelIndex(grid, point))
  return hu === null || Number.isNaN(hu) ? [] : [{ name: 'value', value: hu, unit: 'HU' }]
}

function readRegion(volume: Volume, shape: MeasureShape): MeasureValue[] {
  const region = toRegion(shape)
  if (!region) return []
  const area: MeasureValue = { name: 'area', value: region.areaMm2, unit: 'mm2' }
  const hu = measureHu(volume, shape, region)
  if (!hu) return [area]
  return [
    area,
    { name: 'mean', value: hu.meanHu, unit: 'HU' },
    { name: 'SD', value: hu.sdHu, unit: 'HU' },
    { name: 'min', value: hu.minHu, unit: 'HU' },
    { name: 'max', value: hu.maxHu, unit: 'HU' },
  ]
}
