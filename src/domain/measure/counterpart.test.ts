import { expect, it } from 'vitest'
import { findCounterpart } from './counterpart.ts'
import type { ReadMeasure } from './readMeasure.ts'

const of = (id: string, label: string, findingId: string | null = null, kind = 'length') =>
  ({
    measure: { id, label, kind, tie: findingId === null ? null : { kind: 'finding', id: findingId } },
    values: [],
  }) as unknown as ReadMeasure

it('finds the measure of the same name, or of the same finding', () => {
  const others = [of('1', 'Aorta'), of('2', '', 'lung_nodule'), of('3', 'Trachea')]
  expect(findCounterpart(of('a', 'aorta '), others)?.measure.id).toBe('1')
  expect(findCounterpart(of('b', '', 'lung_nodule'), others)?.measure.id).toBe('2')
})

it('finds none of another kind, of no name, of another finding, or among several', () => {
  const others = [
    of('1', 'Aorta', null, 'ellipse'),
    of('2', ''),
    of('3', '', 'opacity'),
    of('4', 'Node'),
    of('5', 'Node'),
  ]
  for (const item of [of('a', 'Aorta'), of('b', ''), of('c', '', 'lung_nodule'), of('d', 'Node')])
    expect(findCounterpart(item, others)).toBeNull()
})
