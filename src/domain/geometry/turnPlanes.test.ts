import { expect, it } from 'vitest'
import type { Vec3 } from '../volume/volume.ts'
import {
  isSamePlane,
  rotate,
  tiltPlane,
  toLineDegrees,
  toObliquity,
  toPlanesAlong,
  toSnappedTurn,
  turnLines,
} from './turnPlanes.ts'
import { cross, dot } from './vector.ts'
import { ORIENTATIONS, toOrientationLetters, VIEW_PLANES, type ViewPlanes } from './viewPlane.ts'

const expectNear = (found: Vec3, wanted: Vec3) => {
  for (const axis of [0, 1, 2]) expect(found[axis]).toBeCloseTo(wanted[axis], 12)
}

function expectSquare(planes: ViewPlanes): void {
  const [a, b, c] = ORIENTATIONS.map((plane) => planes[plane].normal)
  for (const product of [dot(a, b), dot(b, c), dot(c, a)]) expect(product).toBeCloseTo(0, 12)
  for (const plane of ORIENTATIONS) {
    const { right, up, normal } = planes[plane]
    expect([dot(right, up), dot(right, normal), dot(up, normal)].every((one) => Math.abs(one) < 1e-12)).toBe(true)
    expect([right, up, normal].every((one) => Math.abs(dot(one, one) - 1) < 1e-12)).toBe(true)
    // Slice numbers grow to the same side of the picture as before.
    const side = (of: ViewPlanes) => Math.sign(dot(cross(of[plane].right, of[plane].up), of[plane].normal))
    expect(side(planes)).toBe(side(VIEW_PLANES))
  }
}

it('turns the two planes whose lines are turned, and leaves the view in which that is done', () => {
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
  const turned = turnLines(VIEW_PLANES, 'axial', 30)
  expectSquare(turned)
  expect(turned.axial).toEqual(VIEW_PLANES.axial)
  // Clockwise on an axial picture is from the left to the back.
  expectNear(turned.coronal.right, [c, s, 0])
  expectNear(turned.coronal.up, [0, 0, 1])
  expectNear(turned.coronal.normal, [-s, c, 0])
  expectNear(turned.sagittal.normal, [c, s, 0])
  expect(toLineDegrees(turned, 'axial')).toBeCloseTo(30, 10)
  expect(toLineDegrees(turned, 'coronal')).toBeCloseTo(0, 10)
  expect(toOrientationLetters(turned.coronal)).toEqual({ left: 'RA', right: 'LP', top: 'S', bottom: 'I' })
})

it.each(ORIENTATIONS)('turns lines clockwise as the %s view shows them', (view) => {
  const turned = turnLines(VIEW_PLANES, view, 20)
  expectSquare(turned)
  expect(toLineDegrees(turned, view)).toBeCloseTo(20, 10)
  for (const plane of ORIENTATIONS)
    expect(toObliquity(turned[plane].normal).degrees).toBeCloseTo(plane === view ? 0 : 20, 10)
})

it('stays square after a thousand turns of two kinds, and is as it was when they are undone one by one', () => {
  const turns = Array.from({ length: 1000 }, (_, n) => [ORIENTATIONS[n % 3], ((n * 37) % 90) - 45] as const)
  const double = turns.reduce((planes, [view, degrees]) => turnLines(planes, view, degrees), VIEW_PLANES)
  expectSquare(double)
  const back = turns.toReversed().reduce((planes, [view, degrees]) => turnLines(planes, view, -degrees), double)
  expect(back).toBe(VIEW_PLANES)
})

it('tilts a plane about a line of its own: its top or its right side comes nearer to whoever looks', () => {
  const nearer = (of: ViewPlanes, side: 'up' | 'right') => {
    const { right, up } = VIEW_PLANES.coronal
    return dot(of.coronal[side], cross(right, up))
  }
  const top = tiltPlane(VIEW_PLANES, 'coronal', 'horizontal', 10)
  expect(nearer(top, 'up')).toBeCloseTo(Math.sin(Math.PI / 18), 12)
  expect(nearer(top, 'right')).toBeCloseTo(0, 12)
  const side = tiltPlane(VIEW_PLANES, 'coronal', 'vertical', 10)
  expect(nearer(side, 'right')).toBeCloseTo(Math.sin(Math.PI / 18), 12)
  const double = tiltPlane(
    tiltPlane(turnLines(VIEW_PLANES, 'coronal', 33), 'coronal', 'horizontal', 12),
    'coronal',
    'vertical',
    25,
  )
  expectSquare(double)
})

it('names the nearest plane of the patient and the angle to it', () => {
  expect(toObliquity([0, 0, -1])).toEqual({ nearest: 'axial', degrees: 0 })
  const turned = turnLines(VIEW_PLANES, 'axial', 60)
  expect(toObliquity(turned.coronal.normal).nearest).toBe('sagittal')
  expect(toObliquity(turned.coronal.normal).degrees).toBeCloseTo(30, 10)
  const double = turnLines(turnLines(VIEW_PLANES, 'axial', 30), 'coronal', 40)
  expect(toObliquity(double.axial.normal).degrees).toBeCloseTo(40, 10)
})

it('brings a turn by hand to whole degrees of the lines, and along the view within a degree and a half', () => {
  const at23 = turnLines(VIEW_PLANES, 'axial', 23)
  const to = (degrees: number) => 23 + toSnappedTurn(at23, 'axial', degrees)
  for (const [wanted, snapped] of [
    [27.4, 27],
    [1.4, 0],
    [-1.4, 0],
    [2.1, 2],
    [88.2, 88],
    [91.4, 90],
    [23.2, 23],
  ])
    expect(to(wanted - 23)).toBeCloseTo(snapped, 10)
  const turned = turnLines(at23, 'axial', toSnappedTurn(at23, 'axial', -22))
  expect(turned).toBe(VIEW_PLANES)
})

it('turns the planes so that the nearest shows a given one, unless one of them shows it', () => {
  const double = turnLines(turnLines(VIEW_PLANES, 'axial', 30), 'sagittal', -20)
  for (const plane of ORIENTATIONS) {
    const turned = toPlanesAlong(VIEW_PLANES, double[plane])
    expectSquare(turned)
    expect(isSamePlane(turned[plane], double[plane])).toBe(true)
    expect(toPlanesAlong(double, double[plane])).toBe(double)
    expect(toPlanesAlong(double, VIEW_PLANES[plane])).toBe(VIEW_PLANES)
  }
  // The axial view stays where the planes were turned about it.
  const single = turnLines(VIEW_PLANES, 'axial', 30)
  expect(toPlanesAlong(single, VIEW_PLANES.axial)).toBe(single)
})

it('rotates counter-clockwise for whom the axis points at', () => {
  expectNear(rotate([1, 0, 0], [0, 0, 1], 90), [0, 1, 0])
})
