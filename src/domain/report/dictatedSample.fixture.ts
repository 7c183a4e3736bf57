import type { ReportSentence } from '../dictatedReport/reportEntry.ts'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled } from '../geometry/vector.ts'
import { VIEW_PLANES } from '../geometry/viewPlane.ts'
import type { MeasureShape } from '../measure/measure.ts'
import { type ReadMeasure, readMeasure } from '../measure/readMeasure.ts'
import type { Statement } from '../statements/statement.ts'
import { openVolumeForTest } from '../volume/testing/openForTest.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { toDictatedReport } from './dictatedReport.ts'
import { createUid, encodeReport } from './encodeReport.ts'
import { writeSeries } from './seriesSample.fixture.ts'
import { type SaidBehind, sourceSentences } from './sourceSentences.ts'

const state = (change: Partial<Statement>): Statement => ({
  findingId: 'lung_nodule',
  status: 'present',
  place: { side: null, lobe: null },
  sizeMm: null,
  span: null,
  words: null,
  readings: { embedding: null, transcript: 'present' },
  margin: null,
  isSet: false,
  ...change,
})

const sentence = (change: Partial<ReportSentence>): ReportSentence => ({
  id: String(change.text),
  section: 'lungs',
  text: '',
  origin: { by: 'typed' },
  original: null,
  isOutdated: false,
  beginsParagraph: false,
  measureId: null,
  findingIds: [],
  ...change,
})

const said = (utteranceId: string, index = 0) => ({ origin: { by: 'said', utteranceId, index } as const })

/** What was said, and where the reader stood: layer 3, then 7. */
const toUtterances = (pointAt: (k: number) => Vec3): SaidBehind[] => {
  const at = (k: number) => ({ orientation: 'axial' as const, sliceNumber: null, pointLpsMm: pointAt(k) })
  const nodule = state({
    sizeMm: 5,
    place: { side: 'left', lobe: 'upper' },
    words: 'nodule of five millimetres in the left upper lobe',
  })
  const other = state({
    place: { side: 'right', lobe: 'middle' },
    status: 'uncertain',
    words: 'possible nodule in the middle lobe',
  })
  const absent = state({ findingId: 'pleural_effusion', status: 'absent' })
  const thick = state({ findingId: 'peribronchial_thickening' })
  return [
    { id: 'u0', statements: [nodule, other], place: at(3) },
    { id: 'u1', statements: [absent], place: at(7) },
    { id: 'u2', statements: [thick], place: { ...at(7), studyId: 'prior' } },
    { id: 'u3', statements: [state({ findingId: 'hiatal_hernia', status: 'resolved' })], place: at(2) },
  ]
}

/** A report of every origin and section, whose words need UTF-8. */
const toSentences = (measureId: string): ReportSentence[] => [
  sentence({ section: 'technique', text: 'CT of the chest – 120 kV.' }),
  sentence({ section: 'comparison', text: 'None.' }),
  sentence({ text: 'There is a nodule of 5 mm in the left upper lobe.', ...said('u0'), findingIds: ['lung_nodule'] }),
  sentence({ text: 'Possible nodule in the middle lobe.', ...said('u0', 1), findingIds: ['lung_nodule'] }),
  sentence({ text: 'Peribronchial thickening.', ...said('u2'), findingIds: ['peribronchial_thickening'] }),
  sentence({
    text: 'Length: 12.3 mm (axial 5 / 12).',
    origin: { by: 'measured', measureId, place: 'axial 5 / 12' },
    measureId,
  }),
  sentence({ section: 'pleura', text: 'No effusion.', ...said('u1'), findingIds: ['pleural_effusion'] }),
  sentence({
    section: 'heart',
    text: 'Pericardial effusion.',
    origin: { by: 'accepted', findingId: 'pericardial_effusion', probability: 0.81, place: '' },
  }),
  sentence({ section: 'other', text: 'The hernia has gone.', ...said('u3'), findingIds: ['hiatal_hernia'] }),
  sentence({
    section: 'impression',
    text: 'Größe unverändert. 肺',
    original: 'Other words.',
    ...said('u0'),
    findingIds: ['lung_nodule'],
  }),
]

function toMeasure(volume: Volume, middle: Vec3): ReadMeasure {
  const { right, up } = VIEW_PLANES.axial
  const shape: MeasureShape = { kind: 'length', plane: { right, up }, points: [middle, addScaled(middle, right, 12.3)] }
  const made = { id: 'm', studyId: 's', createdAtMs: 1, label: '', color: 'yellow', tie: null } as const
  return { measure: { ...shape, ...made }, values: readMeasure(volume, shape) }
}

export async function writeDictatedSample(isSigned = true) {
  const { volume } = await openVolumeForTest(writeSeries())
  const pointAt = (k: number): Vec3 => toPatientPoint(toVolumeGrid(volume), [30, 30, k])
  const measure = toMeasure(volume, pointAt(4))
  const sentences = toSentences(measure.measure.id)
  const keyImage = { plane: 'axial' as const, planes: VIEW_PLANES, pointLpsMm: pointAt(9), slab: null, note: 'Größter' }
  const item = toDictatedReport({
    volume,
    sentences: sourceSentences(sentences, toUtterances(pointAt), [measure]),
    keyImages: [keyImage],
    isSigned,
    version: '1',
    now: new Date(2026, 10, 28, 9, 5, 7),
    newUid: createUid,
  })
  return { volume, sentences, bytes: await encodeReport(item) }
}
