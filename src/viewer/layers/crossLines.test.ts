import { expect, it } from 'vitest'
import { turnLines } from '../../domain/geometry/turnPlanes.ts'
import { dot } from '../../domain/geometry/vector.ts'
import { VIEW_PLANES, type ViewPlanes } from '../../domain/geometry/viewPlane.ts'
import { type HalfLine, toHalfLines } from './crossLines.ts'
import type { PaneGeometry } from './layer.ts'

/** An axial view, a millimetre a pixel, whose top left is (0, 0, 0). */
const toAxial = (planes: ViewPlanes): PaneGeometry => ({
  pane: { id: 'axial', plane: 'axial' },
  width: 400,
  height: 300,
  normal: planes.axial.normal,
  otherNormals: [planes.coronal.normal, planes.sagittal.normal],
  halfThicknessMm: 0,
  toCanvas: (point) => [dot(point, planes.axial.right), -dot(point, planes.axial.up)],
  toRaster: () => {
    throw new Error('not asked for')
  },
})

const toRounded = (lines: readonly HalfLine[]) =>
  lines.map(({ from, to }) => [...from, ...to].map((px) => Math.round(px * 100) / 100)).sort()

it('leave a gap around the point and reach every edge, along the pixels', () => {
  const lines = toHalfLines(toAxial(VIEW_PLANES), [100, 60, 0])
  expect(toRounded(lines)).toEqual(
    [
      [68.5, 60.5, 0, 60.5],
      [132.5, 60.5, 400, 60.5],
      [100.5, 28.5, 100.5, 0],
      [100.5, 92.5, 100.5, 300],
    ].sort(),
  )
})

it('stay on the pixel that was pointed at', () => {
  expect(toHalfLines(toAxial(VIEW_PLANES), [99.9999, 60, 0]).some(({ to }) => to[0] === 100.5)).toBe(true)
})

it('are turned with the planes, clockwise, and have a handle on each half that is long enough', () => {
  const lines = toHalfLines(toAxial(turnLines(VIEW_PLANES, 'axial', 30)), [200, 150, 0])
  const bearings = lines.map(({ from, to }) =>
    Math.round((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI),
  )
  expect(bearings.sort((a, b) => a - b)).toEqual([-150, -60, 30, 120])
  for (const { handle } of lines) expect(handle).not.toBeNull()
  // Close to the left edge the half that goes there is too short to be taken.
  const short = toHalfLines(toAxial(VIEW_PLANES), [40, 150, 0]).filter(({ handle }) => handle === null)
  expect(toRounded(short)).toEqual([[8.5, 150.5, 0, 150.5]])
})

it('have no handle where the crosshair is out of the picture', () => {
  for (const { handle } of toHalfLines(toAxial(VIEW_PLANES), [-30, 150, 0])) expect(handle).toBeNull()
})
