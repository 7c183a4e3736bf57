import { createPhantomCase } from '../../phantom/phantomCase.ts'
import { renderScan } from '../../phantom/renderScan.ts'
import { writeSyntheticSlice } from '../../src/domain/volume/testing/syntheticDicom.ts'
import type { Vec3, Volume } from '../../src/domain/volume/volume.ts'
import { type UploadedFile, upload } from './series.ts'

/** Every so manieth pixel of a phantom is written, so that two studies fit one drop. */
const PIXEL_STEP = 2

export interface WrittenStudy {
  readonly name: string
  readonly uid: string
  readonly patientId: string
  /** YYYYMMDD. */
  readonly date: string
  /** Where the patient lies, LPS mm, against the phantom. */
  readonly shiftMm: Vec3
  /** Slices at the feet that are left out. */
  readonly skipped: number
}

export const renderChest = (seed: number): Volume => renderScan(createPhantomCase(seed)).volume

/** A phantom as the DICOM slices of a study of Jane Doe. */
export function writeStudy(volume: Volume, study: WrittenStudy): UploadedFile[] {
  const [nx, ny, nz] = volume.size
  const [columns, rows] = [Math.floor(nx / PIXEL_STEP), Math.floor(ny / PIXEL_STEP)]
  const [dx, dy, dz] = volume.spacingMm
  const origin = volume.originLpsMm.map((mm, n) => mm + study.shiftMm[n])
  return Array.from({ length: nz - study.skipped }, (_, n) => n + study.skipped).map((k) => {
    const stored = Array.from({ length: columns * rows }, (__, at) => {
      const [x, y] = [PIXEL_STEP * (at % columns), PIXEL_STEP * Math.floor(at / columns)]
      return volume.hu[x + nx * (y + ny * k)] + 1024
    })
    const bytes = writeSyntheticSlice({
      ...{ columns, rows, stored, seriesUid: `${study.uid}.1`, sopInstanceUid: `${study.uid}.1.${k + 1}` },
      positionLpsMm: [origin[0], origin[1], origin[2] + dz * k],
      elements: {
        '00080020': ['DA', study.date],
        '00080030': ['TM', '101500'],
        '00100010': ['PN', 'Doe^Jane'],
        '00100020': ['LO', study.patientId],
        '00100030': ['DA', '19600504'],
        '0020000d': ['UI', study.uid],
        '00280030': ['DS', `${PIXEL_STEP * dy}\\${PIXEL_STEP * dx}`],
      },
    })
    return upload(`${study.name}-${k}.dcm`, bytes)
  })
}
