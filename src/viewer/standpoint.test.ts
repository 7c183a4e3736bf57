import { expect, it } from 'vitest'
import { turnLines } from '../domain/geometry/turnPlanes.ts'
import { dot, subtract } from '../domain/geometry/vector.ts'
import { ORIENTATIONS, VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import { toShownVolume } from './shownVolume.ts'
import { Standpoint } from './standpoint.ts'

const VOLUME: Volume = {
  id: 'v',
  size: [40, 30, 20],
  spacingMm: [0.7, 0.8, 2.5],
  originLpsMm: [-5, 8, 100],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  hu: new Int16Array(40 * 30 * 20),
  missing: [],
}

class View {
  at: Vec3 | null = null
  constructor(readonly pane: { readonly id: string; readonly plane: (typeof ORIENTATIONS)[number] }) {}
  showSliceAt(point: Vec3): void {
    this.at = point
  }
}

function open() {
  const shown = toShownVolume(VOLUME, {} as never)
  const standpoint = new Standpoint()
  const views = ORIENTATIONS.map((plane) => new View({ id: plane, plane }))
  standpoint.begin(shown)
  const follow = () => views.map((view) => standpoint.follow(shown, view))
  return { shown, standpoint, views, follow }
}

it('brings a view to another picture only where its plane moves', () => {
  const { shown, standpoint, follow } = open()
  expect(follow()).toEqual([true, true, true])
  expect(follow()).toEqual([false, false, false])
  standpoint.moveTo(shown, [2, 16, standpoint.crosshair![2]])
  expect(follow()).toEqual([false, true, true])
  expect(standpoint.moveTo(shown, standpoint.crosshair!)).toBe(false)
})

it('has turned planes go through the crosshair itself, and plain ones stand on slices again', () => {
  const { shown, standpoint, views, follow } = open()
  follow()
  standpoint.planes = turnLines(VIEW_PLANES, 'axial', 30)
  standpoint.moveTo(shown, [3.21, 15.47, 120.4])
  expect(follow()).toEqual([true, true, true])
  const point = standpoint.crosshair!
  // The axial plane was not turned: it stands on a slice, across which the point is free.
  expect((point[2] - 100) / 2.5).toBeCloseTo(8, 9)
  expect(point[0]).toBeCloseTo(3.21, 9)
  expect(point[1]).toBeCloseTo(15.47, 9)
  for (const { at, pane } of views)
    expect(dot(subtract(at!, point), standpoint.planes[pane.plane].normal)).toBeCloseTo(0, 9)
  standpoint.planes = VIEW_PLANES
  expect(standpoint.moveTo(shown, point)).toBe(true)
  const [x, y] = standpoint.crosshair!
  for (const layer of [(x + 5) / 0.7, (y - 8) / 0.8]) expect(layer).toBeCloseTo(Math.round(layer), 9)
})

it('counts the slices of a turned view along its normal while it is scrolled', () => {
  const { shown, standpoint } = open()
  standpoint.planes = turnLines(VIEW_PLANES, 'axial', 30)
  const pane = { id: 'coronal', plane: 'coronal' } as const
  const before = standpoint.toPosition(shown, pane, null)
  standpoint.moveTo(shown, standpoint.toScrolled(shown, pane, 4)!)
  const after = standpoint.toPosition(shown, pane, null)
  expect(after.number - before.number).toBe(4)
  expect(after).toMatchObject({ count: before.count, instanceNumber: null, isMissing: false })
  expect(after.stepMm).toBeCloseTo(Math.hypot(0.7 * 0.5, 0.8 * Math.cos(Math.PI / 6)), 9)
  standpoint.moveTo(shown, standpoint.toScrolled(shown, pane, 10_000)!)
  expect(standpoint.toPosition(shown, pane, null).number).toBe(before.count)
  standpoint.moveTo(shown, standpoint.toScrolled(shown, pane, -10_000)!)
  expect(standpoint.toPosition(shown, pane, null).number).toBe(1)
})
