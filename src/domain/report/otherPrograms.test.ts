import { readFileSync } from 'node:fs'
import dcmjs from 'dcmjs'
import { describe, expect, test } from 'vitest'
import { toPlaneName } from '../measure/measure.ts'
import { distanceMm } from '../measure/readMeasure.ts'
import { openVolumeForTest, scanForTest } from '../volume/testing/openForTest.ts'
import { toFile } from '../volume/testing/syntheticDicom.ts'
import { CODE, type Code, UNIT } from './codes.ts'
import { type Item, toCodeItem, toContainer, toNumber, toText } from './contentItem.ts'
import { fromPixels } from './coordinates.ts'
import { encodeReport } from './encodeReport.ts'
import { placeReport } from './placeReport.ts'
import { writeSeries } from './seriesSample.fixture.ts'
import { REPORT_CLASS } from './toReport.ts'

const UID = '1.2.826.0.1.3680043.10.1'
const { volume } = await openVolumeForTest(writeSeries())
const image = { ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.2', ReferencedSOPInstanceUID: `${UID}.3.5` }
const place = volume.sources?.kind === 'dicom' ? volume.sources.slices[4].place : null

async function place1500(groups: readonly Item[], more: Item = {}) {
  const { RelationshipType: _, ...root } = toContainer(CODE.report, '1500', [
    toContainer(CODE.measurements, null, groups),
  ])
  const head = {
    SOPClassUID: REPORT_CLASS,
    SOPInstanceUID: '1.2.9',
    StudyInstanceUID: `${UID}.7`,
    Manufacturer: 'Other',
  }
  const bytes = await encodeReport({ ...head, ...root, ...more })
  const { reports, problems } = await scanForTest([toFile('other.dcm', bytes)])
  return { placed: reports[0] ? placeReport(reports[0], volume) : null, problems, reports }
}

const toScoord = (GraphicType: string, GraphicData: readonly number[], reference: Item = image): Item => ({
  RelationshipType: 'INFERRED FROM',
  ValueType: 'SCOORD',
  GraphicType,
  GraphicData,
  ContentSequence: [{ RelationshipType: 'SELECTED FROM', ValueType: 'IMAGE', ReferencedSOPSequence: [reference] }],
})

/** As cornerstone's adapters lay a group out: the tool in the tracking identifier, the drawing under each of its numbers. */
const toCornerstone = (tool: string, scoord: Item, numbers: readonly (readonly [Code, number, Code])[]): Item =>
  toContainer(CODE.group, '1501', [
    toText('HAS OBS CONTEXT', CODE.trackingId, `Cornerstone3DTools@^0.1.0:${tool}`),
    toText('CONTAINS', CODE.comment, 'RUL'),
    ...numbers.map(([concept, value, unit]) => toNumber(concept, value, unit, [scoord])),
  ])

describe('what OHIF writes by the adapters of cornerstone', () => {
  test('is drawn where its pixels say, each tool as ours of the same kind', async () => {
    const { placed } = await place1500([
      toCornerstone('Length', toScoord('POLYLINE', [10.5, 12.5, 20.5, 12.5]), [[CODE.length, 7, UNIT.mm]]),
      toCornerstone('RectangleROI', toScoord('POLYLINE', [10, 10, 20, 10, 20, 16, 10, 16, 10, 10]), [
        [CODE.area, 33.6, UNIT.mm2],
        [CODE.mean, -600, UNIT.HU],
        [CODE.max, -500, UNIT.HU],
      ]),
      toCornerstone('EllipticalROI', toScoord('ELLIPSE', [10, 20, 30, 20, 20, 15, 20, 25]), [
        [CODE.area, 88, UNIT.mm2],
      ]),
      toCornerstone('CircleROI', toScoord('CIRCLE', [20, 20, 24, 20]), [[CODE.area, 24.6, UNIT.mm2]]),
      toCornerstone('PlanarFreehandROI', toScoord('POLYLINE', [10, 10, 20, 10, 15, 20, 10, 10]), [
        [CODE.area, 28, UNIT.mm2],
      ]),
      toCornerstone('Angle', toScoord('POLYLINE', [10, 10, 20, 10, 20, 10, 20, 30]), [[CODE.angle, 90, UNIT.deg]]),
      toCornerstone('ArrowAnnotate', toScoord('POLYLINE', [10, 10, 20, 10]), []),
      toCornerstone('Probe', toScoord('POINT', [10.5, 10.5]), [[CODE.attenuation, -640, UNIT.HU]]),
    ])
    expect(placed?.left).toEqual(['1 not drawn: no coordinates.'])
    const groups = placed?.groups ?? []
    expect(groups.map(({ shape }) => shape.kind)).toEqual([
      'length',
      'rectangle',
      'ellipse',
      'ellipse',
      'freehand',
      'angle',
      'probe',
    ])
    expect(groups[0]).toMatchObject({ name: 'RUL', values: [{ name: 'length', value: 7, unit: 'mm' }] })
    // The middle of pixel (10, 12) of slice 5: 0.7 mm along rows, 0.8 mm down columns.
    expect(distanceMm(groups[0].shape.points[0], [-20.3 + 7, -31.7 + 9.6, 22.5])).toBeLessThan(1e-4)
    expect(groups[1].values.map(({ name }) => name)).toEqual(['area', 'mean', 'max'])
    if (place) expect(distanceMm(groups[1].shape.points[1], fromPixels(place, 20, 16))).toBeLessThan(1e-4)
    expect(groups[5].shape.points).toHaveLength(3)
  })

  test('its two axes are one cross', async () => {
    const { placed } = await place1500([
      toContainer(CODE.group, '1501', [
        toText('HAS OBS CONTEXT', CODE.trackingId, 'cornerstoneTools@^4.0.0:Bidirectional'),
        toNumber({ value: 'G-A185', scheme: 'SRT', meaning: 'Long Axis' }, 14, UNIT.mm, [
          toScoord('POLYLINE', [10, 10, 30, 10]),
        ]),
        toNumber({ value: 'G-A186', scheme: 'SRT', meaning: 'Short Axis' }, 8, UNIT.mm, [
          toScoord('POLYLINE', [20, 5, 20, 15]),
        ]),
      ]),
    ])
    expect(placed?.groups[0].shape.kind).toBe('bidirectional')
    expect(placed?.groups[0].values.map(({ name, value }) => [name, value])).toEqual([
      ['long axis', 14],
      ['short axis', 8],
    ])
  })

  test('by the classes of dcmjs that the adapters write with', async () => {
    const { Length } = dcmjs.utilities.TID300
    const point = (x: number, y: number) => ({ x, y })
    const length = new Length({
      point1: point(10.5, 12.5),
      point2: point(20.5, 12.5),
      distance: 7,
      trackingIdentifierTextValue: 'Cornerstone3DTools@^0.1.0:Length',
      findingSites: [],
      ReferencedSOPSequence: image,
    })
    const { placed } = await place1500([toContainer(CODE.group, '1501', length.contentItem() as readonly Item[])])
    expect(placed?.groups[0].shape).toMatchObject({ kind: 'length' })
    expect(distanceMm(placed?.groups[0].shape.points[1] ?? [0, 0, 0], [-20.3 + 14, -31.7 + 9.6, 22.5])).toBeLessThan(
      1e-4,
    )
  })
})

test('what highdicom writes is drawn: ellipse and circle on an image, polygon and point in the patient', async () => {
  const bytes = new Uint8Array(readFileSync(new URL('../../../fixtures/reports/highdicom.dcm', import.meta.url)))
  const { reports, problems } = await scanForTest([toFile('highdicom.dcm', bytes)])
  expect(problems).toEqual([])
  const placed = placeReport(reports[0], volume)
  expect(placed).toMatchObject({ author: 'Reader Rita', left: ['1 not drawn: no coordinates.'] })
  const [ellipse, polygon, circle, point] = placed?.groups ?? []
  expect([ellipse, polygon, circle, point].map(({ name, shape }) => [name, shape.kind])).toEqual([
    ['Ellipse 2D', 'ellipse'],
    ['Polygon 3D', 'freehand'],
    ['Circle 2D', 'ellipse'],
    ['Point 3D', 'probe'],
  ])
  expect(ellipse.notes).toEqual(['Nodule', 'Upper lobe of right lung'])
  expect(polygon.notes).toEqual(['mean -601 HU'])
  expect(polygon.shape.points[2]).toEqual([-10, 0, 30])
  expect(toPlaneName(polygon.shape.plane)).toBe('sagittal')
  expect(polygon.values).toEqual([
    { name: 'area', value: 100, unit: 'mm2' },
    { name: 'mean', value: -600.5, unit: 'HU' },
  ])
})

describe('what is not shown is told', () => {
  const line = toCornerstone('Length', toScoord('POLYLINE', [1, 1, 9, 1]), [[CODE.length, 5, UNIT.mm]])

  test('a report about other images is about no part of the study', async () => {
    const elsewhere = toScoord('POLYLINE', [1, 1, 9, 1], { ...image, ReferencedSOPInstanceUID: '1.2.3' })
    const { placed, reports } = await place1500([toCornerstone('Length', elsewhere, [[CODE.length, 5, UNIT.mm]])])
    expect([placed, reports.length]).toEqual([null, 1])
  })

  test('drawings of other kinds, and on images of another series, are counted with their reason', async () => {
    const elsewhere = toScoord('POLYLINE', [1, 1, 9, 1], { ...image, ReferencedSOPInstanceUID: '1.2.3' })
    const { placed } = await place1500([
      line,
      toCornerstone('Length', elsewhere, [[CODE.length, 5, UNIT.mm]]),
      toCornerstone('Spline', toScoord('POLYLINE', [1, 1, 9, 1, 4, 4, 2, 8]), [[CODE.length, 5, UNIT.mm]]),
      toCornerstone('Many', toScoord('MULTIPOINT', [1, 1, 9, 1]), [[CODE.length, 5, UNIT.mm]]),
      toCornerstone('Odd', toScoord('POLYLINE', [1, 1, 9]), [[CODE.length, 5, UNIT.mm]]),
    ])
    expect(placed?.groups).toHaveLength(1)
    expect(placed?.left).toEqual([
      '1 not drawn: on an image of another series, or one that is missing here.',
      '1 not drawn: an open line.',
      '1 not drawn: a drawing of the type MULTIPOINT.',
      '1 not drawn: damaged coordinates.',
    ])
  })

  test('a report without measurements, and one that is cut off, beside a scan that opens', async () => {
    const bytes = await encodeReport({
      SOPClassUID: REPORT_CLASS,
      SOPInstanceUID: '1.2.9',
      ValueType: 'CONTAINER',
      ConceptNameCodeSequence: [toCodeItem(CODE.report)],
    })
    const cut = await encodeReport({ SOPClassUID: REPORT_CLASS, SOPInstanceUID: '1.2.10', ContentSequence: [line] })
    const { series, problems, reports } = await scanForTest([
      ...writeSeries(),
      toFile('text.dcm', bytes),
      toFile('cut.dcm', cut.slice(0, cut.length - 60)),
    ])
    expect(reports).toEqual([])
    expect(series).toHaveLength(1)
    expect(problems.map(({ code, message }) => [code, message.split(':')[0]]).sort()).toEqual([
      ['dicom-damaged', 'cut.dcm'],
      ['sr-without-content', 'text.dcm'],
    ])
  })
})
