import { describe, expect, it } from 'vitest'
import type { VolumeGeometry } from '../volume/volume.ts'
import {
  toPointOnSlice,
  toPointOnSlices,
  toScrolledIndex,
  toSliceIndex,
  toSliceNumber,
  toSliceStack,
  toSliceStacks,
} from './sliceStack.ts'

const ALIGNED: VolumeGeometry = {
  size: [512, 400, 275],
  spacingMm: [0.8, 0.8, 1.25],
  originLpsMm: [-200, -150, -700],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

describe('slice stacks', () => {
  it('of an aligned volume are its voxel planes', () => {
    expect(toSliceStack(ALIGNED, [0, 0, 1])).toMatchObject({ firstMm: -700, stepMm: 1.25, count: 275 })
    expect(toSliceStack(ALIGNED, [0, 1, 0])).toMatchObject({ firstMm: -150, stepMm: 0.8, count: 400 })
  })

  it('start at the low end also where the slices run downwards', () => {
    const downwards: VolumeGeometry = {
      ...ALIGNED,
      originLpsMm: [-200, -150, -357.5],
      directionLps: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, -1],
      ],
    }
    const stack = toSliceStack(downwards, [0, 0, 1])
    expect(stack.firstMm).toBeCloseTo(-700, 9)
    expect(stack.count).toBe(275)
  })

  it('of an oblique volume stay within its corners', () => {
    const angle = 0.35
    const oblique: VolumeGeometry = {
      ...ALIGNED,
      directionLps: [
        [1, 0, 0],
        [0, Math.cos(angle), Math.sin(angle)],
        [0, -Math.sin(angle), Math.cos(angle)],
      ],
    }
    const { firstMm, stepMm, count } = toSliceStack(oblique, [0, 0, 1])
    const reachMm = 399 * 0.8 * Math.sin(angle) + 274 * 1.25 * Math.cos(angle)
    expect(firstMm).toBe(-700)
    expect(stepMm).toBeCloseTo(Math.hypot(0.8 * Math.sin(angle), 1.25 * Math.cos(angle)), 12)
    expect((count - 1) * stepMm).toBeLessThanOrEqual(reachMm)
    expect(count * stepMm).toBeGreaterThan(reachMm)
  })

  it('have one plane for a single slice', () => {
    expect(toSliceStack({ ...ALIGNED, size: [512, 400, 1] }, [0, 0, 1]).count).toBe(1)
  })

  it('find the nearest plane and put a point onto it along the normal only', () => {
    const stack = toSliceStack(ALIGNED, [0, 0, 1])
    expect(toSliceIndex(stack, [33, 44, -700 + 1.25 * 10 + 0.6])).toBe(10)
    expect(toPointOnSlice(stack, 10, [33, 44, 0])).toEqual([33, 44, -687.5])
  })

  it('clamp points and scrolling at both ends', () => {
    const stack = toSliceStack(ALIGNED, [0, 0, 1])
    expect(toSliceIndex(stack, [0, 0, -9999])).toBe(0)
    expect(toSliceIndex(stack, [0, 0, 9999])).toBe(274)
    expect(toScrolledIndex(stack, [0, 0, -700], 3)).toBe(3)
    expect(toScrolledIndex(stack, [0, 0, -700], -3)).toBe(0)
    expect(toScrolledIndex(stack, [0, 0, -700], 1000)).toBe(274)
  })
})

const UP: VolumeGeometry['directionLps'] = ALIGNED.directionLps
const DOWN: VolumeGeometry['directionLps'] = [UP[0], UP[1], [0, 0, -1]]
/** The head is at S −357.5 mm whichever way the source stacks its slices. */
const EITHER_WAY = [ALIGNED, { ...ALIGNED, originLpsMm: [-200, -150, -357.5], directionLps: DOWN }] as const

describe('slice numbers', () => {
  it.each(EITHER_WAY)('grow from head to feet, from front to back and from the right to the left', (geometry) => {
    const { axial, coronal, sagittal } = toSliceStacks(geometry)
    expect([axial.count, coronal.count, sagittal.count]).toEqual([275, 400, 512])
    const numberOf = (mm: number) => toSliceNumber(axial, [0, 0, mm])
    expect([-357.5, -358.75, -480, -700].map(numberOf)).toEqual([1, 2, 99, 275])
    expect([-150, 169.2].map((mm) => toSliceNumber(coronal, [0, mm, -400]))).toEqual([1, 400])
    expect([-200, 208.8].map((mm) => toSliceNumber(sagittal, [mm, 0, -400]))).toEqual([1, 512])
  })

  it('stand on the slices: the middle of an even count is brought to one of them, on every axis', () => {
    const even: VolumeGeometry = { ...ALIGNED, size: [512, 400, 128] }
    const stacks = toSliceStacks(even)
    const middle = [-200 + 0.8 * 255.5, -150 + 0.8 * 199.5, -700 + 1.25 * 63.5] as const
    const point = toPointOnSlices(even, stacks, middle)
    const layers = [(point[0] + 200) / 0.8, (point[1] + 150) / 0.8, (point[2] + 700) / 1.25]
    for (const layer of layers) expect(Math.abs(layer - Math.round(layer))).toBeLessThan(1e-9)
    expect(layers.map((layer, n) => Math.abs(layer - [255.5, 199.5, 63.5][n])).every((far) => far <= 0.5001)).toBe(true)
    expect(toPointOnSlices(even, stacks, point)).toEqual(point)
  })

  it('leave a point where it is across views that cut the voxels', () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
    const turned: VolumeGeometry = {
      ...ALIGNED,
      directionLps: [
        [1, 0, 0],
        [0, c, s],
        [0, -s, c],
      ],
    }
    const point = toPointOnSlices(turned, toSliceStacks(turned), [0.3, 10.123, -400.456])
    expect(point[0]).toBeCloseTo(0, 9)
    expect([point[1], point[2]]).toEqual([10.123, -400.456])
  })
})
