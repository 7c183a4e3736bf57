import { expect, it } from 'vitest'
import { toStudyType } from './studyType.ts'

const NOTHING = { studyDescription: null, seriesDescription: null, protocolName: null, contrastAgent: null }
const typeOf = (studyDescription: string | null, part: Partial<typeof NOTHING> | object = {}) =>
  toStudyType({ ...NOTHING, studyDescription, ...part })

it.each([
  ['CT CHEST W CONTRAST', 'contrast'],
  ['CT Chest with IV contrast', 'contrast'],
  ['CT THORAX W/CON', 'contrast'],
  ['CT CHEST W/O CONTRAST', 'plain'],
  ['CT CHEST WO CONTRAST', 'plain'],
  ['CT Chest without IV contrast', 'plain'],
  ['CT chest non-contrast', 'plain'],
  ['Thorax nativ', 'plain'],
  ['CT CHEST W & WO CONTRAST', 'contrast'],
  ['CT CHEST WITH AND WITHOUT CONTRAST', 'contrast'],
  ['LOW-DOSE CT LUNG CANCER SCREENING', 'screening'],
  ['LDCT chest without contrast', 'screening'],
  ['CTPA', 'angiography'],
  ['CT ANGIO PULMONARY EMBOLISM', 'angiography'],
  ['CT pulmonary angiogram with contrast', 'angiography'],
  ['CT CHEST PE PROTOCOL', 'angiography'],
  ['CT CHEST', 'chest'],
  ['Specimen of the chest', 'chest'],
])('%s is %s', (description, type) => {
  expect(typeOf(description)).toBe(type)
})

it('goes by the agent where it is named, and by what the series says of itself before its study', () => {
  expect(typeOf('CT CHEST', { contrastAgent: 'Omnipaque 350' })).toBe('contrast')
  expect(typeOf('CT CHEST', { contrastAgent: 'NONE' })).toBe('plain')
  expect(typeOf('CT CHEST WITH CONTRAST', { seriesDescription: 'Thorax without contrast 1.0' })).toBe('plain')
  expect(typeOf(null, { protocolName: 'Lung_LowDose' })).toBe('screening')
  expect(typeOf(null, { protocolName: 'Lung_Low_Dose' })).toBe('screening')
  expect([typeOf(null), toStudyType(null)]).toEqual(['chest', 'chest'])
})
