import { expect, it } from 'vitest'
import type { StudyIdentity } from '../study/studyIdentity.ts'
import { toPaneCaption } from './paneCaption.ts'

const LOOK = { plane: 'axial', oblique: null, slice: { number: 7, count: 90 }, widthHu: 1500, centerHu: -600 } as const
const IDENTITY = { patientName: 'Doe, Jane', patientId: '17', studyDate: '20260131' } as StudyIdentity

it('tells plane, slice and window, and whose picture it is only where that is asked for', () => {
  expect(toPaneCaption({ ...LOOK, named: null })).toEqual(['Axial 7 / 90', 'W 1500 L −600'])
  expect(toPaneCaption({ ...LOOK, oblique: 'oblique 23°', named: null })[0]).toBe('Axial, oblique 23° 7 / 90')
  expect(toPaneCaption({ ...LOOK, named: { title: 'Lung 1.0', identity: IDENTITY } })[2]).toBe(
    'Doe, Jane · 20260131 · Lung 1.0',
  )
  expect(toPaneCaption({ ...LOOK, slice: undefined, named: { title: 'a.nii', identity: null } })).toEqual([
    'Axial',
    'W 1500 L −600',
    'a.nii',
  ])
})
