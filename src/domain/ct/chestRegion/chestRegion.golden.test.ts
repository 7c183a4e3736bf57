import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AxisCode, findClosestAxes } from '../../volume/closestAxes.ts'
import { openVolumeForTest } from '../../volume/testing/openForTest.ts'
import { lacksRealData, readRealFiles } from '../../volume/testing/realData.ts'
import type { Vec3, Volume } from '../../volume/volume.ts'
import { explainNoChest } from './lungMeasure.ts'
import { seeBody } from './seenBody.ts'

interface Part {
  readonly centre: Vec3
  readonly radii: Vec3
  readonly hu: number
}

/** Size, spacing and parts along L, P, S; stored along `codes`. */
interface Case {
  readonly name: string
  readonly size: Vec3
  readonly spacingMm: Vec3
  readonly codes: string
  readonly parts: readonly Part[]
  readonly litres: number
  readonly shareOfBody: number
  readonly medianHu: number | null
  readonly smallerSide: number
  readonly middle: number
  readonly isChest: boolean
}

const GOLDEN: { air: number; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/chest-region.json', import.meta.url), 'utf8'),
)

const TOWARDS: Readonly<Record<string, Vec3>> = {
  L: [1, 0, 0],
  R: [-1, 0, 0],
  P: [0, 1, 0],
  A: [0, -1, 0],
  S: [0, 0, 1],
  I: [0, 0, -1],
}

const AXES: readonly [Vec3, Vec3, Vec3] = [TOWARDS.L, TOWARDS.P, TOWARDS.S]

function draw({ size, spacingMm, codes, parts }: Case): Volume {
  const found = findClosestAxes(AXES, [...codes] as [AxisCode, AxisCode, AxisCode])
  const pick = (vector: Vec3): Vec3 => [vector[found[0].gridAxis], vector[found[1].gridAxis], vector[found[2].gridAxis]]
  const stored = pick(size)
  const hu = new Int16Array(stored[0] * stored[1] * stored[2])
  const lps: [number, number, number] = [0, 0, 0]
  let at = 0
  for (let k = 0; k < stored[2]; k++)
    for (let j = 0; j < stored[1]; j++)
      for (let i = 0; i < stored[0]; i++) {
        ;[i, j, k].forEach((index, n) => {
          const { gridAxis, flipped } = found[n]
          lps[gridAxis] = flipped ? size[gridAxis] - 1 - index : index
        })
        const part = parts.findLast(
          ({ centre, radii }) => lps.reduce((sum, x, n) => sum + ((x - centre[n]) / radii[n]) ** 2, 0) <= 1,
        )
        hu[at++] = part?.hu ?? GOLDEN.air
      }
  const directionLps = [...codes].map((code) => TOWARDS[code]) as unknown as Volume['directionLps']
  return {
    id: 'drawn',
    hu,
    missing: [],
    size: stored,
    spacingMm: pick(spacingMm),
    originLpsMm: [0, 0, 0],
    directionLps,
  }
}

describe('the air that a body encloses', () => {
  it.each(GOLDEN.cases)('is measured as in Python, and tells a chest from others: $name', (drawn) => {
    const { lungs } = seeBody(draw(drawn))
    expect(lungs.litres).toBeCloseTo(drawn.litres, 9)
    expect(lungs.shareOfBody).toBeCloseTo(drawn.shareOfBody, 12)
    expect(lungs.medianHu).toBe(drawn.medianHu)
    expect(lungs.smallerSide).toBeCloseTo(drawn.smallerSide, 12)
    expect(lungs.middle).toBeCloseTo(drawn.middle, 12)
    expect(explainNoChest(lungs) === null).toBe(drawn.isChest)
  })

  it('is not cut in two by layers in which nothing was measured', () => {
    const chest = draw(GOLDEN.cases[0])
    const area = chest.size[0] * chest.size[1]
    const hu = chest.hu.slice()
    hu.fill(-1024, 20 * area, 21 * area)
    const { lungs } = seeBody({ ...chest, hu, missing: [20] })
    expect(lungs.litres / GOLDEN.cases[0].litres).toBeCloseTo(39 / 40, 1)
    expect(explainNoChest(lungs)).toBeNull()
  })

  it('gives a mask that lies where the patient does, however the volume is stored', () => {
    for (const drawn of GOLDEN.cases.filter(({ codes, name }) => codes !== 'LPS' || name === 'chest')) {
      const { mask } = seeBody(draw(drawn))
      const sum: [number, number, number] = [0, 0, 0]
      let count = 0
      mask.inside.forEach((one, at) => {
        if (!one) return
        const index = [
          at % mask.size[0],
          Math.floor(at / mask.size[0]) % mask.size[1],
          Math.floor(at / (mask.size[0] * mask.size[1])),
        ]
        for (const n of [0, 1, 2] as const)
          sum[n] += mask.originLpsMm[n] + index.reduce((mm, x, axis) => mm + x * mask.stepsLpsMm[axis][n], 0)
        count++
      })
      // The body's middle in the drawing's own frame; the stored origin is that of the first stored voxel.
      const signs = [...drawn.codes].map((code) => ('LPS'.includes(code) ? 1 : -1))
      const axisOf = (n: number) => [...drawn.codes].findIndex((code) => ['LR', 'PA', 'SI'][n].includes(code))
      for (const n of [0, 1, 2] as const) {
        const middle = ((drawn.size[n] - 1) / 2) * drawn.spacingMm[n] * signs[axisOf(n)]
        expect(sum[n] / count).toBeCloseTo(middle, 6)
      }
    }
  })
})

describe.skipIf(lacksRealData('nifti'))('real scans', () => {
  it('of two chests are chests; a small torso with half a litre of lung is none', async () => {
    for (const folder of ['ct-lidc-idri-0314', 'ct-lung-pet-ct-dx-a0001']) {
      const { volume } = await openVolumeForTest(readRealFiles(folder))
      expect(explainNoChest(seeBody(volume).lungs), folder).toBeNull()
    }
    const { volume: torso } = await openVolumeForTest(readRealFiles('nifti', ['example_ct.nii.gz']))
    expect(explainNoChest(seeBody(torso).lungs)).toContain('0.50 l of air')
  }, 60_000)
})
