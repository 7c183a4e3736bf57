import { expect, it } from 'vitest'
import { VIEW_PLANES } from '../geometry/viewPlane.ts'
import { type MarkedPlace, toMiddle, toSliceMarks } from './sliceMarks.ts'

/** 10 axial slices, 5 mm apart, from 100 mm down to 55. */
const AXIAL = { count: 10, firstMm: -100, stepMm: 5 }

const at = (z: number, kind: MarkedPlace['kind'], text: string): MarkedPlace => ({
  id: text,
  kind,
  text,
  pointLpsMm: [0, 0, z],
})

it('gathers what lies in a slice, the most telling first, from the head down', () => {
  const marks = toSliceMarks(VIEW_PLANES.axial.normal, AXIAL, [
    at(56, 'utterance', 'said low'),
    at(91, 'utterance', 'said'),
    at(89, 'finding', 'Nodule'),
    at(90, 'measure', 'Length 12 mm'),
  ])
  expect(marks.map(({ number, kind, texts }) => [number, kind, texts])).toEqual([
    [3, 'finding', ['Nodule', 'Length 12 mm', 'said']],
    [10, 'utterance', ['said low']],
  ])
  expect(marks[0].pointLpsMm).toEqual([0, 0, 89])
})

it('marks nothing outside of the slices, and takes an edge for its slice', () => {
  expect(
    toSliceMarks(VIEW_PLANES.axial.normal, AXIAL, [at(103, 'measure', 'above'), at(52, 'measure', 'below')]),
  ).toEqual([])
  expect(toSliceMarks(VIEW_PLANES.axial.normal, AXIAL, [at(102.4, 'measure', 'edge')])).toMatchObject([{ number: 1 }])
})

it('marks a measure at its middle', () => {
  expect(
    toMiddle([
      [0, 0, 0],
      [4, 2, -6],
    ]),
  ).toEqual([2, 1, -3])
})
