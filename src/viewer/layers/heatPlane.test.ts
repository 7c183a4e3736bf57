import { describe, expect, it } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../../domain/geometry/grid.ts'
import type { Vec3, VolumeGeometry } from '../../domain/volume/volume.ts'
import type { HeatOverlay } from '../viewer.ts'
import { sampleHeatPlane, toHeatField } from './heatPlane.ts'
import type { PlaneRaster } from './layer.ts'

/** 200 mm cube around the origin. */
const CUBE: VolumeGeometry = {
  size: [101, 101, 101],
  spacingMm: [2, 2, 2],
  originLpsMm: [-100, -100, -100],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}

const HEAT: HeatOverlay = {
  values: Float32Array.from([0.1, 0.4, -0.3, 0.2, 0, 0.1, 0.05, 0.3]),
  tokenGrid: [2, 2, 2],
  originLpsMm: [-20, -20, -20],
  stepsLpsMm: [
    [40, 0, 0],
    [0, 40, 0],
    [0, 0, 40],
  ],
  strength: 1,
  body: null,
}

/** One pixel at a point. */
const pixelAt = (originLpsMm: Vec3): PlaneRaster => ({
  width: 1,
  height: 1,
  originLpsMm,
  stepXLpsMm: [1, 0, 0],
  stepYLpsMm: [0, 1, 0],
})

function sampleAt(heat: HeatOverlay, point: Vec3, geometry = CUBE): number {
  const out = new Float32Array(1)
  sampleHeatPlane(toHeatField(heat)!, toVolumeGrid(geometry), pixelAt(point), out)
  return out[0]
}

describe('heat on a plane', () => {
  it('is at token centres the contribution divided by the largest, and never negative', () => {
    expect(sampleAt(HEAT, [-20, -20, -20])).toBeCloseTo(0.25, 6)
    expect(sampleAt(HEAT, [20, -20, -20])).toBeCloseTo(1, 6)
    expect(sampleAt(HEAT, [-20, 20, -20])).toBe(0)
    expect(sampleAt(HEAT, [20, 20, 20])).toBeCloseTo(0.75, 6)
  })

  it('is trilinear in between', () => {
    const shares = [0.25, 1, 0, 0.5, 0, 0.25, 0.125, 0.75]
    expect(sampleAt(HEAT, [0, 0, 0])).toBeCloseTo(
      shares.reduce((sum, share) => sum + share / 8, 0),
      6,
    )
    expect(sampleAt(HEAT, [10, -20, -20])).toBeCloseTo(0.25 + 0.75 * 0.75, 6)
  })

  it('ends half a token beyond the outermost centres', () => {
    expect(sampleAt(HEAT, [39.9, -20, -20])).toBeCloseTo(1, 6)
    expect(sampleAt(HEAT, [40.1, -20, -20])).toBe(0)
  })

  it('shows nothing outside the volume, where the encoder saw padding', () => {
    const thin: VolumeGeometry = { ...CUBE, size: [101, 101, 21], originLpsMm: [-100, -100, -20] }
    expect(sampleAt(HEAT, [20, -20, -20.9], thin)).toBeGreaterThan(0.9)
    expect(sampleAt(HEAT, [20, -20, -21.1], thin)).toBe(0)
  })

  it('follows tokens whose axes are swapped, flipped and tilted', () => {
    const tilt = 0.3
    const tilted: HeatOverlay = {
      values: Float32Array.from({ length: 60 }, (_, n) => (n === 2 + 3 * (1 + 4 * 3) ? 1 : 0)),
      tokenGrid: [3, 4, 5],
      originLpsMm: [30, -10, 40],
      stepsLpsMm: [
        [0, 15 * Math.cos(tilt), 15 * Math.sin(tilt)],
        [-12, 0, 0],
        [0, 9 * Math.sin(tilt), -9 * Math.cos(tilt)],
      ],
      strength: 1,
      body: null,
    }
    expect(sampleAt(tilted, toPatientPoint(tilted, [2, 1, 3]))).toBeCloseTo(1, 6)
    expect(sampleAt(tilted, toPatientPoint(tilted, [1.5, 1, 3]))).toBeCloseTo(0.5, 6)
    expect(sampleAt(tilted, toPatientPoint(tilted, [2, 1.25, 2.5]))).toBeCloseTo(0.75 * 0.5, 6)
  })

  it('lies under the pixels of an oblique plane row by row', () => {
    const stepX: Vec3 = [20, 0, 20]
    const stepY: Vec3 = [0, 20, 0]
    const raster: PlaneRaster = {
      width: 3,
      height: 2,
      originLpsMm: [-20, -20, -20],
      stepXLpsMm: stepX,
      stepYLpsMm: stepY,
    }
    const out = new Float32Array(6)
    sampleHeatPlane(toHeatField(HEAT)!, toVolumeGrid(CUBE), raster, out)
    const expected = [0, 1, 2, 3, 4, 5].map((n) => {
      const [x, y] = [n % 3, Math.floor(n / 3)]
      return sampleAt(HEAT, [-20 + 20 * x, -20 + 20 * y, -20 + 20 * x])
    })
    out.forEach((value, n) => {
      expect(value).toBeCloseTo(expected[n], 6)
    })
    expect(new Set(expected).size).toBeGreaterThan(3)
  })

  it('is nothing where every contribution speaks against', () => {
    expect(toHeatField({ ...HEAT, values: new Float32Array(8).fill(-0.1) })).toBeNull()
  })
})

describe('heat as strong as its evidence', () => {
  it('is the share times the strength, so that a weak finding is drawn weakly everywhere', () => {
    expect(sampleAt({ ...HEAT, strength: 0.2 }, [20, -20, -20])).toBeCloseTo(0.2, 6)
    expect(sampleAt({ ...HEAT, strength: 0.2 }, [-20, -20, -20])).toBeCloseTo(0.05, 6)
    expect(toHeatField({ ...HEAT, strength: 0 })).toBeNull()
  })

  it('ends where the patient does', () => {
    const body = {
      size: [2, 1, 1],
      inside: Uint8Array.of(0, 1),
      originLpsMm: [-20, -20, -20],
      stepsLpsMm: [
        [40, 0, 0],
        [0, 40, 0],
        [0, 0, 40],
      ],
    } as const
    expect(sampleAt({ ...HEAT, body }, [20, -20, -20])).toBeCloseTo(1, 6)
    expect(sampleAt({ ...HEAT, body }, [-20, -20, -20])).toBe(0)
    // The largest share is that within the patient: hotter air leaves it as strong.
    expect(sampleAt({ ...HEAT, values: HEAT.values.with(0, 7), body }, [20, -20, -20])).toBeCloseTo(1, 6)
    expect(sampleAt({ ...HEAT, body }, [0, -20, -20])).toBeCloseTo(0.5 * (0.25 + 1) * 0.5, 6)
  })
})
