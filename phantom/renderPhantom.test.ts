import { describe, expect, it, vi } from 'vitest'
import type { CtInputSpec } from '../src/domain/ct/ctInputSpec.ts'
import type { VolumeGeometry } from '../src/domain/volume/volume.ts'
import { renderDirectInput } from './directInput.ts'
import { FINDING_IDS } from './findings/ctRateFindings.ts'
import { createPhantomCase, type PhantomCase } from './phantomCase.ts'
import { hashText } from './random.ts'
import type { RenderOptions } from './render/renderOptions.ts'
import { renderPhantom } from './renderPhantom.ts'
import { renderScanInput } from './scanInput.ts'
import { toTokenShares } from './tokenShares.ts'

// Whole scans are drawn here: seconds on an idle core, minutes on a shared one.
vi.setConfig({ testTimeout: 240_000 })

const SPEC: CtInputSpec = {
  axisCodes: 'SLP',
  shape: [72, 96, 96],
  spacingMm: [5, 3.75, 3.75],
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
}
const QUIET: RenderOptions = { edgeMm: 2, noiseGain: 0, noiseBlur: 0, slab: false }
const NORMAL: PhantomCase = { ...createPhantomCase(11), findings: [], motion: null }

/** HU at a point given in nominal mm. */
function sampleHu(phantom: PhantomCase, nominal: readonly [number, number, number]): number {
  const point = [0, 1, 2].map((axis) => nominal[axis] * phantom.anatomy.scale[axis])
  const geometry: VolumeGeometry = {
    size: [1, 1, 1],
    spacingMm: [1, 1, 1],
    originLpsMm: [point[0], point[1], point[2]],
    directionLps: NORMAL.scan.directionLps,
  }
  return renderPhantom(phantom, geometry, QUIET).hu[0]
}

function countMask(mask: Uint32Array): number[] {
  const counts = FINDING_IDS.map(() => 0)
  for (let bits of mask) for (let finding = 0; bits !== 0; finding++, bits >>>= 1) counts[finding] += bits & 1
  return counts
}

describe('renderPhantom', () => {
  it('draws the same voxels for the same case', () => {
    const hash = () => hashText(renderDirectInput(NORMAL, SPEC).data.join(), 0)
    expect(hash()).toBe(hash())
  })

  it('puts air, lung, blood, liver, fat and bone at their Hounsfield values', () => {
    const still = { ...NORMAL, anatomy: { ...NORMAL.anatomy, arterialHu: 0, venousHu: 0, liverHu: 55, fatMm: 20 } }
    expect(sampleHu(still, [0, -160, 0])).toBe(-1000)
    expect(sampleHu(still, [-1, 11.5, 120])).toBeLessThan(-950)
    expect(sampleHu(still, [40, -20, -36])).toBeGreaterThan(30)
    expect(sampleHu(still, [40, -20, -36])).toBeLessThan(60)
    expect(sampleHu(still, [-62, -4, still.anatomy.domeRightMm - 40])).toBeGreaterThan(30)
    expect(sampleHu(still, [-62, -4, still.anatomy.domeRightMm - 40])).toBeLessThan(75)
    const spine = sampleHu(still, [0, 57, 12])
    expect(spine).toBeGreaterThan(80)
    expect(spine).toBeLessThan(600)
  })

  it('fills 7–25 % of the model input with lung of −960 to −650 HU', () => {
    const { data } = renderDirectInput(NORMAL, SPEC)
    const lung = data.filter((value) => value > -0.96 && value < -0.65).length
    expect(lung / data.length).toBeGreaterThan(0.07)
    expect(lung / data.length).toBeLessThan(0.25)
  })

  it('marks voxels for the findings of a case and for no other', () => {
    const seeds = Array.from({ length: 18 }, (_, n) => (n < 12 ? 1_000_300 : 5_000_300) + n)
    for (const seed of seeds) {
      const phantom = createPhantomCase(seed)
      const counts = countMask(renderDirectInput(phantom, SPEC).findingMask)
      const marked = FINDING_IDS.filter((_, finding) => counts[finding] > 0)
      expect(marked, `seed ${seed}`).toEqual(phantom.findings.map((details) => details.finding))
    }
  })

  it.each([
    ['internal', 1_000_014],
    ['external', 5_000_004],
  ])('draws an %s scan whose model input agrees with the direct drawing', (_, seed) => {
    const phantom = createPhantomCase(seed)
    const direct = renderDirectInput(phantom, SPEC).data
    const scanned = renderScanInput(phantom, SPEC)
    let square = 0
    let difference = 0
    for (let at = 0; at < direct.length; at++) {
      square += (direct[at] - scanned[at]) ** 2
      difference += direct[at] - scanned[at]
    }
    expect(Math.sqrt(square / direct.length) * 1000).toBeLessThan(45)
    expect(Math.abs(difference / direct.length) * 1000).toBeLessThan(3)
  })

  it('moves the heart and leaves the shoulders where they are when the heart beats into the scan', () => {
    const motion = { kind: 'cardiac', shiftMm: [4, 5, 2], share: 0.5 } as const
    const still = renderDirectInput(NORMAL, SPEC).data
    const moved = renderDirectInput({ ...NORMAL, motion }, SPEC).data
    const largest = (from: number, to: number) => {
      let most = 0
      for (let at = from * 96 * 96; at < to * 96 * 96; at++) most = Math.max(most, Math.abs(moved[at] - still[at]))
      return most
    }
    expect(largest(0, 50)).toBeGreaterThan(0.2)
    expect(largest(56, 72)).toBe(0)
  })

  it('puts fluid of the right side into the right hemithorax', () => {
    const bit = FINDING_IDS.indexOf('pleural_effusion')
    const phantom: PhantomCase = {
      ...NORMAL,
      findings: [{ finding: 'pleural_effusion', severity: 'moderate', side: 'right' }],
    }
    const { findingMask } = renderDirectInput(phantom, SPEC)
    const inLeftHalf = findingMask.filter((bits, at) => (bits >>> bit) & 1 && Math.floor(at / 96) % 96 >= 50).length
    const all = findingMask.filter((bits) => (bits >>> bit) & 1).length
    expect(all).toBeGreaterThan(1000)
    expect(inLeftHalf).toBe(0)
  })
})

describe('toTokenShares', () => {
  it('counts a token in 255ths and never loses a single voxel', () => {
    const mask = new Uint32Array(2 * 2 * 4)
    mask[0] = 0b01
    for (const at of [2, 3, 6, 7, 10, 11, 14, 15]) mask[at] = 0b10
    const shares = toTokenShares(mask, [2, 2, 4], [2, 2, 2], 2)
    expect([...shares]).toEqual([32, 0, 0, 255])
    const large = new Uint32Array(1000)
    large[999] = 1
    expect([...toTokenShares(large, [10, 10, 10], [10, 10, 10], 1)]).toEqual([1])
  })
})
