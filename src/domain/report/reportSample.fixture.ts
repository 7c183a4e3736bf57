import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { turnLines } from '../geometry/turnPlanes.ts'
import { addScaled } from '../geometry/vector.ts'
import { ORIENTATIONS, VIEW_PLANES } from '../geometry/viewPlane.ts'
import { withShortAxis } from '../measure/editMeasure.ts'
import { DRAWN_KINDS, type MeasurePlane, type MeasureShape } from '../measure/measure.ts'
import { type ReadMeasure, readMeasure } from '../measure/readMeasure.ts'
import { openVolumeForTest } from '../volume/testing/openForTest.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { createUid, encodeReport } from './encodeReport.ts'
import { writeSeries } from './seriesSample.fixture.ts'
import { toReport } from './toReport.ts'

/** Turned twice: along no axis of the patient. */
const OBLIQUE: MeasurePlane = turnLines(turnLines(VIEW_PLANES, 'axial', 53), 'sagittal', -24).coronal
const PLANES: readonly (readonly [name: string, plane: MeasurePlane])[] = [
  ...ORIENTATIONS.map((name) => [name, { right: VIEW_PLANES[name].right, up: VIEW_PLANES[name].up }] as const),
  ['oblique', { right: OBLIQUE.right, up: OBLIQUE.up }],
]

const CORNERS: Readonly<Record<(typeof DRAWN_KINDS)[number], readonly (readonly [number, number])[]>> = {
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

function toShapeOf(kind: (typeof DRAWN_KINDS)[number], plane: MeasurePlane, middle: Vec3): MeasureShape {
  const points = CORNERS[kind].map(([u, v]) => addScaled(addScaled(middle, plane.right, u), plane.up, v))
  return { kind, plane, points: kind === 'bidirectional' ? withShortAxis(plane, points) : points }
}

/** A measure of each kind in each plane. */
function toMeasures(volume: Volume): ReadMeasure[] {
  const middle = toPatientPoint(toVolumeGrid(volume), [31, 30, 6])
  return PLANES.flatMap(([name, plane]) =>
    DRAWN_KINDS.map((kind) => {
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
