import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { type SourceSlices, slicesOfLayer, sourcesOf, toFrameOfReferenceUid } from './sourceSlices.ts'
import { openVolumeForTest } from './testing/openForTest.ts'
import { lacksRealData, readRealFiles } from './testing/realData.ts'
import { toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'
import type { Vec3, Volume } from './volume.ts'

const GOLDEN: Readonly<Record<string, { readonly layers: number; readonly instances: string }>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/measures.json', import.meta.url), 'utf8'),
)

type DicomSlices = Extract<SourceSlices, { kind: 'dicom' }>

const toDicom = (volume: Volume): DicomSlices => {
  const sources = sourcesOf(volume)
  if (sources.kind !== 'dicom') throw new Error(sources.reason)
  return sources
}

/** A line a layer, from foot to head, as the golden's command hashes them. */
function hashInstances(volume: Volume): string {
  const { studyUid } = toDicom(volume)
  const grid = toVolumeGrid(volume)
  const lines = Array.from({ length: volume.size[2] }, (_, k) => {
    const [{ seriesUid, sopInstanceUid, sopClassUid, frameOfReferenceUid, instanceNumber }] = slicesOfLayer(volume, k)
    const z = toPatientPoint(grid, [0, 0, k])[2].toFixed(2)
    return `${z} ${studyUid} ${seriesUid} ${sopInstanceUid} ${sopClassUid} ${frameOfReferenceUid} ${instanceNumber}`
  })
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

describe.each(Object.keys(GOLDEN))('%s', (folder) => {
  test.skipIf(lacksRealData(folder))(
    'every layer has the instance that pydicom finds at its place',
    { timeout: 60_000 },
    async () => {
      const { volume } = await openVolumeForTest(readRealFiles(folder))
      expect(volume.size[2]).toBe(GOLDEN[folder].layers)
      expect(toDicom(volume).isResampled).toBe(false)
      expect(hashInstances(volume)).toBe(GOLDEN[folder].instances)
    },
  )
})

test.skipIf(lacksRealData('nifti'))('a NIfTI has none and says why', async () => {
  const { volume } = await openVolumeForTest(readRealFiles('nifti', ['example_ct_sm.nii.gz']))
  expect(sourcesOf(volume)).toMatchObject({ kind: 'none', reason: expect.stringContaining('NIfTI') })
  expect(slicesOfLayer(volume, 3)).toEqual([])
  expect(toFrameOfReferenceUid(volume)).toBeNull()
})

const uidsOf = (volume: Volume, k: number) => slicesOfLayer(volume, k).map(({ sopInstanceUid }) => sopInstanceUid)

/** Slices at these heights, mm, each under the UID `1.9.<n>`. */
const writeAt = (heights: readonly number[], toPosition = (z: number): Vec3 => [0, 0, z]): File[] =>
  heights.map((z, n) => {
    const elements = { '00200013': ['IS', String(100 - n)] } as const
    const bytes = writeSyntheticSlice({ positionLpsMm: toPosition(z), sopInstanceUid: `1.9.${n}`, elements })
    return toFile(`${n}.dcm`, bytes)
  })

test('a layer between two slices has both, the nearer first, and its neighbours their own', async () => {
  const { volume } = await openVolumeForTest(writeAt([0, 1, 2, 3, 4, 5, 6, 7.5, 9, 10.5, 12]))
  const sources = toDicom(volume)
  expect(sources.isResampled).toBe(true)
  sources.layers.forEach((layer, k) => {
    const z = toPatientPoint(toVolumeGrid(volume), [0, 0, k])[2]
    const distances = layer.map((n) => Math.abs([0, 1, 2, 3, 4, 5, 6, 7.5, 9, 10.5, 12][n] - z))
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
    expect(distances[0]).toBeLessThanOrEqual(0.75)
  })
  expect(sources.layers.some((layer) => layer.length === 2)).toBe(true)
  expect(uidsOf(volume, 0)).toEqual(['1.9.0'])
})

test('layers that were not measured have none, and those around them their own', async () => {
  const { volume } = await openVolumeForTest(writeAt([0, 1, 2, 3, 7, 8, 9, 10]))
  expect(volume.missing).toEqual([4, 5, 6])
  expect([3, 4, 5, 6, 7].map((k) => uidsOf(volume, k))).toEqual([['1.9.3'], [], [], [], ['1.9.4']])
})

test('a tilted stack is told to be resampled, layer by layer from its slice', async () => {
  const { volume } = await openVolumeForTest(writeAt([0, 1, 2, 3, 4], (z) => [0, 2 * z, z]))
  expect(toDicom(volume).isResampled).toBe(true)
  expect([0, 4].map((k) => uidsOf(volume, k))).toEqual([['1.9.0'], ['1.9.4']])
  expect(slicesOfLayer(volume, 4)[0].instanceNumber).toBe(96)
})

test('slices that name several frames of reference share none', async () => {
  const files = [0, 1, 2, 3].map((z) =>
    toFile(`${z}.dcm`, writeSyntheticSlice({ positionLpsMm: [0, 0, z], elements: { '00200052': ['UI', `1.7.${z}`] } })),
  )
  const { volume } = await openVolumeForTest(files)
  expect(toFrameOfReferenceUid(volume)).toBeNull()
  expect(slicesOfLayer(volume, 2)[0].frameOfReferenceUid).toBe('1.7.2')
  const one = await openVolumeForTest(writeSyntheticSeries(4))
  expect(toFrameOfReferenceUid(one.volume)).toBe('1.2.3.5')
})
