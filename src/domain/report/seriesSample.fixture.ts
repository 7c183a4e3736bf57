import { toFile, writeSyntheticSlice } from '../volume/testing/syntheticDicom.ts'

export const NAME = 'Müller-Özil^Jürgen=山田^太郎=やまだ^たろう'
const SIDE = 64

/** Twelve slices of a ramp with a patient whose name needs UTF-8. */
export const writeSeries = (studyUid = '1.2.826.0.1.3680043.10.1.7', uid = '1.2.826.0.1.3680043.10.1'): File[] =>
  Array.from({ length: 12 }, (_, n) =>
    toFile(
      `ct/${n}.dcm`,
      writeSyntheticSlice({
        columns: SIDE,
        rows: SIDE,
        stored: Array.from({ length: SIDE * SIDE }, (__, at) => 200 + 6 * (at % SIDE) + 5 * n),
        positionLpsMm: [-20.3, -31.7, 12.5 + 2.5 * n],
        seriesUid: `${uid}.2`,
        sopInstanceUid: `${uid}.3.${n + 1}`,
        elements: {
          '00080005': ['CS', 'ISO_IR 192'],
          '00080020': ['DA', '20240611'],
          '00080030': ['TM', '101500'],
          '00080050': ['SH', 'A-77'],
          '00080090': ['PN', 'Weiß^Änne'],
          '00081030': ['LO', 'Thorax nativ – Größe'],
          '00100010': ['PN', NAME],
          '00100020': ['LO', 'PÄT-1'],
          '00100030': ['DA', '19591102'],
          '00100040': ['CS', 'M'],
          '0020000d': ['UI', studyUid],
          '00200010': ['SH', '9'],
          '00200013': ['IS', String(n + 1)],
          '00200052': ['UI', `${uid}.5`],
        },
      }),
    ),
  )
