import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled } from '../geometry/vector.ts'
import { ORIENTATIONS, VIEW_PLANES } from '../geometry/viewPlane.ts'
import { withShortAxis } from '../measure/editMeasure.ts'
import { MEASURE_KINDS, type MeasureKind, type MeasurePlane, type MeasureShape } from '../measure/measure.ts'
import { type ReadMeasure, readMeasure } from '../measure/readMeasure.ts'
import { openVolumeForTest } from '../volume/testing/openForTest.ts'
import { toFile, writeSyntheticSlice } from '../volume/testing/syntheticDicom.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { createUid, encodeReport } from './encodeReport.ts'
import { toReport } from './toReport.ts'

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

const OBLIQUE: MeasurePlane = { right: [0.6, 0.8, 0], up: [0, 0, 1] }
const PLANES: readonly (readonly [name: string, plane: MeasurePlane])[] = [
  ...ORIENTATIONS.map((name) => [name, { right: VIEW_PLANES[name].right, up: VIEW_PLANES[name].up }] as const),
  ['oblique', OBLIQUE],
]

const CORNERS: Readonly<Record<MeasureKind, readonly (readonly [number, number])[]>> = {
  length: [
    [-7.31, 1.2],
    [6.4, 5.03],
  ],
  arrow: [
    [2, 1],
    [8.25, 9.5],
  ],
  bidirectional: [
    [-5, -3],
    [6, 4.4],
  ],
  ellipse: [
    [7, -3.3],
    [-6.2, 5],
  ],
  rectangle: [
    [-6, 4],
    [5.5, -3.25],
  ],
  freehand: [
    [-6, -5],
    [6, -4],
    [7.5, 3],
    [0.2, 6.1],
    [-5, 2],
  ],
  angle: [
    [6, 1],
    [0, 0],
    [-3, 7.7],
  ],
  probe: [[0.1, 0.3]],
}

function toShapeOf(kind: MeasureKind, plane: MeasurePlane, middle: Vec3): MeasureShape {
  const points = CORNERS[kind].map(([u, v]) => addScaled(addScaled(middle, plane.right, u), plane.up, v))
  return { kind, plane, points: kind === 'bidirectional' ? withShortAxis(plane, points) : points }
}

/** A measure of each kind in each plane. */
function toMeasures(volume: Volume): ReadMeasure[] {
  const middle = toPatientPoint(toVolumeGrid(volume), [31, 30, 6])
  return PLANES.flatMap(([name, plane]) =>
    MEASURE_KINDS.map((kind) => {
      const shape = toShapeOf(kind, plane, middle)
      const more = {
        id: `${name}-${kind}`,
        studyId: 's',
        createdAtMs: 1,
        label: `${kind} ${name} größer`,
        color: 'yellow',
        tie: null,
      } as const
      return { measure: { ...shape, ...more }, values: readMeasure(volume, shape) }
    }),
  )
}

export async function writeSample(): Promise<{
  volume: Volume
  measures: ReadMeasure[]
  bytes: Uint8Array<ArrayBuffer>
}> {
  const { volume } = await openVolumeForTest(writeSeries())
  const measures = toMeasures(volume)
  const findings = [
    { id: 'lymphadenopathy', label: 'Lymphadenopathy' },
    { id: 'lung_nodule', label: 'Lung nodule' },
  ]
  const bytes = await encodeReport(
    toReport({
      volume,
      measures,
      findingOf: ({ id }) => (id.endsWith('length') ? findings[0] : id.endsWith('ellipse') ? findings[1] : null),
      version: '1',
      now: new Date(2026, 10, 28, 9, 5, 7),
      newUid: createUid,
    }),
  )
  return { volume, measures, bytes }
}
