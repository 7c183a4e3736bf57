import { type SyntheticSlice, writeSyntheticSlice } from '../../src/domain/volume/testing/syntheticDicom.ts'
import { type UploadedFile, upload } from './series.ts'

const SLICES = 9
const SIDE = 96

/** Slices 2 mm apart whose density grows by 4 HU a column of 0.7 mm, from −800 HU; rows are 0.8 mm. `elements`: of every slice besides. */
export const rampSeries = (elements: SyntheticSlice['elements'] = {}): UploadedFile[] =>
  Array.from({ length: SLICES }, (_, n) =>
    upload(
      `${n}.dcm`,
      writeSyntheticSlice({
        columns: SIDE,
        rows: SIDE,
        stored: Array.from({ length: SIDE * SIDE }, (__, at) => 224 + 4 * (at % SIDE)),
        positionLpsMm: [-30, -30, 2 * n],
        sopInstanceUid: `1.2.3.9.${n + 1}`,
        elements: { '00200013': ['IS', String(n + 1)], ...elements },
      }),
    ),
  )
