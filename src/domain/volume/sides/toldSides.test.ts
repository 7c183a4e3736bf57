import { expect, test } from 'vitest'
import { openVolumeForTest } from '../testing/openForTest.ts'
import { createSyntheticChest } from '../testing/syntheticChest.ts'
import { toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import { writeSyntheticNifti } from '../testing/syntheticNifti.ts'
import type { Volume } from '../volume.ts'

/** A NIfTI of a chest; `leftMm`: by how much one column goes to the Left. */
function toNifti({ size, hu }: Volume, leftMm: number): File {
  const bytes = writeSyntheticNifti({
    size,
    spacingMm: [5, 5, 5],
    sformRows: [
      [-leftMm, 0, 0, 0],
      [0, -5, 0, 0],
      [0, 0, 5, 0],
    ],
    writeVoxel: (view, at, n, littleEndian) => view.setInt16(at, hu[n], littleEndian),
  })
  return toFile('chest.nii', bytes)
}

function toDicom({ size: [columns, rows, layers], hu }: Volume): File[] {
  return Array.from({ length: layers }, (_, k) => {
    const stored = Array.from(hu.subarray(k * columns * rows, (k + 1) * columns * rows), (value) => value + 1024)
    const elements = { '00280030': ['DS', '5\\5'] } as const
    return toFile(`ct/${k}.dcm`, writeSyntheticSlice({ columns, rows, stored, positionLpsMm: [0, 0, 5 * k], elements }))
  })
}

const readCodes = async (files: File[]) => (await openVolumeForTest(files)).notices.map(({ code }) => code)

test('a NIfTI is told where its voxels or its header are mirrored, and not where both are', async () => {
  const usual = createSyntheticChest()
  const mirrored = createSyntheticChest({ mirrored: true })
  expect(await readCodes([toNifti(usual, 5)])).toEqual([])
  expect(await readCodes([toNifti(mirrored, -5)])).toEqual([])
  expect(await readCodes([toNifti(mirrored, 5)])).toEqual(['sides-mirrored'])
  expect(await readCodes([toNifti(usual, -5)])).toEqual(['sides-mirrored'])
})

test('a DICOM series is told with its files', async () => {
  expect(await readCodes(toDicom(createSyntheticChest()))).toEqual([])
  const { notices } = await openVolumeForTest(toDicom(createSyntheticChest({ mirrored: true })))
  expect(notices.map(({ code }) => code)).toEqual(['sides-mirrored'])
  expect(notices[0].message).toMatch(/^ct\/\d+\.dcm and 63 more files: /)
  expect(notices[0].files).toHaveLength(64)
})

test('numbers that are no HU are told alone: organs are known by their HU', async () => {
  const mirrored = createSyntheticChest({ mirrored: true })
  const codes = await readCodes([toNifti({ ...mirrored, hu: mirrored.hu.map((hu) => hu + 1024) }, 5)])
  expect(codes).toEqual(['hu-scale-suspect'])
})
