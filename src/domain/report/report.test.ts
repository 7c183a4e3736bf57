import { expect, test } from 'vitest'
import { distanceMm } from '../measure/readMeasure.ts'
import { scanForTest } from '../volume/testing/openForTest.ts'
import { toFile } from '../volume/testing/syntheticDicom.ts'
import { placeReport } from './placeReport.ts'
import { writeSample } from './reportSample.fixture.ts'

const { volume, measures, bytes } = await writeSample()

test('every kind of measure comes back from every plane with its place, plane and numbers', async () => {
  const { reports, problems } = await scanForTest([toFile('report.dcm', bytes)])
  expect(problems).toEqual([])
  const placed = placeReport(reports[0], volume)
  expect(placed?.left).toEqual([])
  expect(placed?.groups).toHaveLength(measures.length)
  measures.forEach(({ measure, values }, n) => {
    const group = placed?.groups[n]
    expect(group?.name).toBe(measure.label)
    expect(group?.shape.kind).toBe(measure.kind)
    expect(group?.shape.points, measure.id).toHaveLength(measure.points.length)
    measure.points.forEach((point, at) => {
      expect(distanceMm(point, group?.shape.points[at] ?? [9, 9, 9]), measure.id).toBeLessThan(0.01)
    })
    for (const axis of ['right', 'up'] as const)
      expect(distanceMm(measure.plane[axis], group?.shape.plane[axis] ?? [9, 9, 9])).toBeLessThan(1e-6)
    expect(group?.values).toEqual(values)
  })
})
