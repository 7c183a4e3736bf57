import { describe, expect, test } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled, dot, lengthOf, subtract } from '../geometry/vector.ts'
import { VIEW_PLANES } from '../geometry/viewPlane.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { moveHandle, moveMeasure, toHandles, withShortAxis } from './editMeasure.ts'
import { type MeasureKind, type MeasureShape, toPlaneName } from './measure.ts'
import { toLines, toReportLine } from './measureText.ts'
import { distanceMm, readMeasure } from './readMeasure.ts'

/** A ramp of 3 HU a millimetre to the left, 5 to the back, 7 to the head, in an oblique grid of 0.7 × 0.8 × 2.5 mm. */
const RAMP: Vec3 = [3, 5, 7]
const [cosine, sine] = [Math.cos(0.3), Math.sin(0.3)]
const volume = toRampVolume({
  size: [60, 50, 30],
  spacingMm: [0.7, 0.8, 2.5],
  originLpsMm: [-20, -30, 40],
  directionLps: [
    [1, 0, 0],
    [0, cosine, sine],
    [0, -sine, cosine],
  ],
})

function toRampVolume(geometry: Omit<Volume, 'id' | 'hu' | 'missing'>): Volume {
  const grid = toVolumeGrid(geometry)
  const [nx, ny, nz] = geometry.size
  const hu = Int16Array.from({ length: nx * ny * nz }, (_, n) =>
    Math.round(dot(RAMP, toPatientPoint(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]))),
  )
  return { ...geometry, id: 'ramp', hu, missing: [] }
}

const middle = toPatientPoint(toVolumeGrid(volume), [30, 25, 15])
const lean = { right: [0.6, 0.8, 0], up: [0, 0, 1] } as const

const shapeOf = (kind: MeasureKind, plane: MeasureShape['plane'], corners: readonly (readonly [number, number])[]) => ({
  kind,
  plane,
  points: corners.map(([u, v]) => addScaled(addScaled(middle, plane.right, u), plane.up, v)),
})

const numberOf = (shape: MeasureShape, name: string): number =>
  readMeasure(volume, shape).find((one) => one.name === name)?.value ?? Number.NaN

test('on a slab, HU are those of the slab: of its columns where it lies along the voxels, and said so', () => {
  const size = [8, 8, 9] as const
  const axes = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const
  const hu = Int16Array.from({ length: 8 * 8 * 9 }, (_, n) => (Math.floor(n / 64) === 6 ? 500 : 0) + 10 * (n % 8))
  const thick: Volume = {
    id: 'thick',
    size,
    spacingMm: [1, 1, 2],
    originLpsMm: [0, 0, 0],
    directionLps: axes,
    hu,
    missing: [],
  }
  const { right, up } = VIEW_PLANES.axial
  const slab = { mode: 'mip', thicknessMm: 10 } as const
  const probe = { kind: 'probe', plane: { right, up }, points: [[3, 3, 8]], slab } as const
  expect(readMeasure(thick, probe)).toEqual([{ name: 'value', value: 530, unit: 'HU' }])
  const box = {
    kind: 'rectangle',
    plane: { right, up },
    points: [
      [1.5, 1.5, 8],
      [5.5, 5.5, 8],
    ],
  } as const
  const meanOf = (shape: MeasureShape) => readMeasure(thick, shape).find(({ name }) => name === 'mean')?.value
  expect(meanOf(box)).toBeCloseTo(35, 9)
  expect(meanOf({ ...box, slab })).toBeCloseTo(535, 9)
  // Of ten millimetres two lie in the bright layer.
  expect(meanOf({ ...box, slab: { ...slab, mode: 'average' } })).toBeCloseTo(135, 9)
  expect(toLines(readMeasure(thick, probe), probe)).toEqual(['530 HU', 'in MIP 10 mm'])
})

describe('in a plane oblique to patient and voxels', () => {
  test('lengths and angles are those of the patient', () => {
    expect(
      numberOf(
        shapeOf('length', lean, [
          [-3, -4],
          [3, 4],
        ]),
        'length',
      ),
    ).toBeCloseTo(10, 9)
    expect(
      numberOf(
        shapeOf('angle', lean, [
          [5, 0],
          [0, 0],
          [0, 7],
        ]),
        'angle',
      ),
    ).toBeCloseTo(90, 9)
    expect(
      numberOf(
        shapeOf('angle', lean, [
          [5, 0],
          [0, 0],
          [-5, 5],
        ]),
        'angle',
      ),
    ).toBeCloseTo(135, 9)
  })

  test.each(['ellipse', 'rectangle'] as const)('the mean of a ramp in an %s is its value in the middle', (kind) => {
    const shape = shapeOf(kind, lean, [
      [-6, -5],
      [6, 5],
    ])
    expect(Math.abs(numberOf(shape, 'mean') - dot(RAMP, middle))).toBeLessThan(1)
    expect(numberOf(shape, 'area')).toBeCloseTo(kind === 'ellipse' ? Math.PI * 30 : 120, 9)
  })

  test('a freehand outline and the same box agree to a hundredth of a unit', () => {
    const box = shapeOf('rectangle', lean, [
      [-6, -5],
      [6, 5],
    ])
    const outline = shapeOf('freehand', lean, [
      [-6, -5],
      [6, -5],
      [6, 5],
      [-6, 5],
    ])
    for (const name of ['area', 'mean', 'SD', 'min', 'max'])
      expect(Math.abs(numberOf(outline, name) - numberOf(box, name))).toBeLessThan(0.01)
  })

  test('its plane is called oblique, and those of the views by their names', () => {
    expect(toPlaneName(lean)).toBe('oblique')
    for (const name of ['axial', 'coronal', 'sagittal'] as const) expect(toPlaneName(VIEW_PLANES[name])).toBe(name)
  })
})

describe('bidirectional', () => {
  const [a, b] = shapeOf('length', lean, [
    [-10, -2],
    [12, 6],
  ]).points
  const whole: MeasureShape = { kind: 'bidirectional', plane: lean, points: withShortAxis(lean, [a, b]) }
  const cosineOf = ({ points: [p, q, r, s] }: MeasureShape) => {
    const [long, short] = [subtract(q, p), subtract(s, r)]
    return Math.abs(dot(long, short)) / (lengthOf(long) * lengthOf(short))
  }
  const at = (u: number, v: number): Vec3 => addScaled(addScaled(middle, lean.right, u), lean.up, v)

  test('the short axis is at right angles, whichever handle is drawn wherever in turn', () => {
    let shape = whole
    expect(cosineOf(shape)).toBeLessThan(1e-9)
    for (const [handle, u, v] of [
      [0, -3, -14],
      [2, 8, 9],
      [1, -9, 13],
      [3, 2, -6],
      [2, -30, 40],
      [0, 15, 15],
    ] as const) {
      shape = moveHandle(shape, handle, at(u, v))
      expect(cosineOf(shape)).toBeLessThan(1e-6)
      for (const point of shape.points)
        expect(Math.abs(dot([0.8, -0.6, 0], subtract(point, middle)))).toBeLessThan(1e-6)
    }
  })

  test('a turn of the long axis keeps the length of the short one', () => {
    const turned = moveHandle(whole, 1, at(-2, 20))
    expect(distanceMm(turned.points[2], turned.points[3])).toBeCloseTo(distanceMm(whole.points[2], whole.points[3]), 6)
  })

  test('the longer of the axes is told as the long one', () => {
    const wide = moveHandle(moveHandle(whole, 2, at(-9, 40)), 3, at(12, -40))
    expect(numberOf(wide, 'long axis')).toBeGreaterThan(numberOf(wide, 'short axis'))
  })
})

test('a corner of a box moves with its two neighbours, and the opposite one stays', () => {
  const box = shapeOf('ellipse', lean, [
    [-6, -5],
    [6, 5],
  ])
  for (const handle of [0, 1, 2, 3]) {
    const opposite = toHandles(box)[(handle + 2) % 4]
    const to = addScaled(addScaled(middle, lean.right, 9), lean.up, 8)
    const moved = toHandles(moveHandle(box, handle, to))
    expect(distanceMm(moved[handle], to)).toBeLessThan(1e-9)
    expect(distanceMm(moved[(handle + 2) % 4], opposite)).toBeLessThan(1e-9)
  }
})

test('a move along the normal leaves a measure in its plane, one within it keeps its size', () => {
  const line = shapeOf('length', lean, [
    [-3, -4],
    [3, 4],
  ])
  const moved = moveMeasure(line, [0.8 * 5 + 0.6, -0.6 * 5 + 0.8, 2])
  expect(subtract(moved.points[0], line.points[0]).map((mm) => Number(mm.toFixed(9)))).toEqual([0.6, 0.8, 2])
})

test('layers in which nothing was measured count for nothing', () => {
  const shape = shapeOf('rectangle', lean, [
    [-6, -5],
    [6, 5],
  ])
  const gap = { ...volume, missing: Array.from({ length: 30 }, (_, k) => k) }
  expect(readMeasure(gap, shape).map(({ name }) => name)).toEqual(['area'])
  expect(readMeasure(gap, shapeOf('probe', lean, [[0, 0]]))).toEqual([])
})

test('a line of the report has name, numbers, plane and place', () => {
  const measure = {
    ...shapeOf('length', VIEW_PLANES.axial, [
      [0, 0],
      [7, 0],
    ]),
    id: 'm',
    studyId: 's',
    createdAtMs: 1,
    label: 'Nodule',
    color: 'yellow',
    tie: null,
  } as const
  const [x, y, z] = middle.map((mm) => mm.toFixed(1).replace('-', '−'))
  expect(toReportLine(measure, readMeasure(volume, measure))).toBe(`Nodule: 7.0 mm (axial, L ${x} P ${y} S ${z} mm)`)
})
