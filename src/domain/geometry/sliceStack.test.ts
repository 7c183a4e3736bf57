import { describe, expect, it } from 'vitest'
import type { VolumeGeometry } from '../volume/volume.ts'
import { toPointOnSlice, toScrolledIndex, toSliceIndex, toSliceStack } from './sliceStack.ts'

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
